namespace Twisted.Conformance;

/// <summary>A child with a terminal.</summary>
public abstract class TerminalContract : ReactorContract
{
    [Fact]
    public void A_child_has_a_terminal_of_its_own_that_controls_it() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Spawn(reactor, probe, "test -t 0 && test -t 1 && test -t 2 && tty && ps -o tty= -p $$");
        Assert.IsType<ProcessDoneException>(await probe.Ended);
        string[] names = probe.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("/dev/pts/", names[0], StringComparison.Ordinal);
        Assert.Equal(names[0]["/dev/".Length..], names[1].Trim());
        Assert.Equal(["ended", "exited", "lost 1", "made"], probe.Events.Order());
    });

    [Fact]
    public void Input_and_errors_are_the_same_stream() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Spawn(reactor, probe, "stty -echo; echo ready; read a; echo got $a >&2");
        while (!probe.Output.Contains("ready", StringComparison.Ordinal))
            await Wait(reactor, 0.002);
        probe.Transport.CloseStdin(); // a terminal cannot: nothing happens
        probe.Transport.Write("line\n"u8);
        await probe.Ended;
        Assert.Equal("ready\r\ngot line\r\n", probe.Output);
        Assert.Equal("", probe.Errors);
    });

    [Fact]
    public void The_window_has_its_size_and_can_be_changed() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Spawn(reactor, probe, "trap 'stty size; exit 0' WINCH; stty size; while :; do sleep 0.02; done",
            new TerminalSize(Columns: 101, Rows: 37));
        while (!probe.Output.Contains('\n', StringComparison.Ordinal))
            await Wait(reactor, 0.002);
        Assert.Equal("37 101\r\n", probe.Output);
        Assert.IsAssignableFrom<IPseudoTerminal>(probe.Transport).Resize(new TerminalSize(Columns: 80, Rows: 25));
        await probe.Ended;
        Assert.Equal("37 101\r\n25 80\r\n", probe.Output);
        ((IPseudoTerminal)probe.Transport).Resize(new TerminalSize(1, 1));
    });

    [Fact]
    public void The_interrupt_character_is_a_signal() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Spawn(reactor, probe, "echo ready; exec sleep 30");
        while (!probe.Output.Contains("ready", StringComparison.Ordinal))
            await Wait(reactor, 0.002);
        probe.Transport.Write("\x03"u8);
        Assert.Equal(2, Assert.IsType<ProcessTerminatedException>(await probe.Ended).Signal);
    });

    [Fact]
    public void Losing_the_connection_hangs_the_child_up() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Spawn(reactor, probe, "exec sleep 30");
        probe.Transport.LoseConnection();
        Assert.Equal(1, Assert.IsType<ProcessTerminatedException>(await probe.Ended).Signal);
    });

    private static void Spawn(IReactor reactor, ProcessProbe probe, string script, TerminalSize? size = null) =>
        ((IReactorProcess)reactor).SpawnProcess(
            probe, new ProcessOptions("/bin/sh", "-c", script) { UsePty = true, WindowSize = size });
}
