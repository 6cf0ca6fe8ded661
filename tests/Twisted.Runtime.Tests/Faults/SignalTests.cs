namespace Twisted.Tests;

/// <summary>A whole program under SIGTERM.</summary>
public class SignalTests
{
    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void SIGTERM_cancels_the_program_and_runs_the_triggers_and_a_second_one_kills(ReactorKind kind)
    {
        using var host = new HostProcess($"program {kind}");
        Assert.Equal("running", host.ReadLine());
        host.Signal(HostProcess.SIGTERM);
        string[] said = [host.ReadLine(), host.ReadLine(), host.ReadLine()];
        Assert.Equal(["cancelled", "before shutdown", "returned 0"], said);
        host.Signal(HostProcess.SIGTERM); // the handlers went with the reactor
        Assert.Equal(128 + HostProcess.SIGTERM, host.WaitForExit());
    }

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void SIGTERM_ends_it_with_exit_code_0(ReactorKind kind)
    {
        using var host = new HostProcess($"program {kind}");
        Assert.Equal("running", host.ReadLine());
        host.Signal(HostProcess.SIGTERM);
        host.EndInput();
        Assert.Equal(0, host.WaitForExit());
    }
}
