using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>A program's real standard input and output, whatever they are.</summary>
public abstract class StandardIOTests : FaultTests
{
    protected static readonly string Host = Path.Combine(AppContext.BaseDirectory, "FaultHost.dll");

    /// <summary>The reactor of the program; that of its parent, which needs a terminal to give, is epoll.</summary>
    protected abstract ReactorKind HostKind { get; }

    [Fact]
    public void Pipes() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Start(reactor, probe, new("dotnet", Host, "stdio", $"{HostKind}"));
        probe.Transport.Write("question"u8);
        await Until(reactor, () => probe.Output == "ready\nQUESTION");
        probe.Transport.Write(" and end"u8);
        probe.Transport.CloseStdin();
        await probe.Ended;
        Assert.Equal("ready\nQUESTION AND END", probe.Output);
        Assert.Equal("", probe.Errors);
    });

    [Fact]
    public void A_terminal_that_the_next_program_finds_as_it_was() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Start(reactor, probe, new("/bin/sh", "-c", $"""
            stty -echo
            dotnet {Host} stdio {HostKind}
            python3 -c 'import fcntl, os
            print("flags", [fcntl.fcntl(n, fcntl.F_GETFL) & os.O_NONBLOCK for n in (0, 1)])'
            """) { UsePty = true });
        await Until(reactor, () => probe.Output == "ready\r\n");
        probe.Transport.Write("question\n"u8);
        await Until(reactor, () => probe.Output.EndsWith("QUESTION\r\n", StringComparison.Ordinal));
        probe.Transport.Write("\x04"u8); // the end of input, to a terminal
        await probe.Ended;
        Assert.Equal("ready\r\nQUESTION\r\nflags [0, 0]\r\n", probe.Output);
    });

    [Fact]
    public void A_socket_that_its_owner_finds_as_it_was() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Start(reactor, probe, new("/usr/bin/python3", "-c", """
            import fcntl, os, socket, subprocess, sys
            ours, theirs = socket.socketpair()
            program = subprocess.Popen(sys.argv[1:], stdin=theirs, stdout=theirs)
            answers = ours.makefile("rb")
            print(answers.readline())
            ours.sendall(b"question\n")
            print(answers.readline())
            ours.shutdown(socket.SHUT_WR)
            print(program.wait(), fcntl.fcntl(theirs, fcntl.F_GETFL) & os.O_NONBLOCK)
            """, "dotnet", Host, "stdio", $"{HostKind}"));
        await probe.Ended;
        Assert.Equal("b'ready\\n'\nb'QUESTION\\n'\n0 0\n", probe.Output);
    });

    [Fact]
    public void A_file_with_which_the_next_program_goes_on() => Run(async reactor =>
    {
        string file = Folder.Fresh();
        var probe = new ProcessProbe();
        Start(reactor, probe, new("/bin/sh", "-c", $"""
            (echo question | dotnet {Host} stdio {HostKind}; echo next) > {file}
            cat {file}
            """));
        await probe.Ended;
        Assert.Equal("ready\nQUESTION\nnext\n", probe.Output);
    });

    protected static void Start(IReactor reactor, ProcessProbe probe, ProcessOptions options) =>
        ((IReactorProcess)reactor).SpawnProcess(probe, options);
}

[Collection(AloneTests.Name)]
public class EpollStandardIOTests : StandardIOTests
{
    protected override ReactorKind HostKind => ReactorKind.Epoll;

    [Fact]
    public void A_reader_that_leaves_ends_the_connection_though_input_is_open() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Start(reactor, probe, new("/bin/sh", "-c", $"dotnet {Host} stdio {HostKind} | head -n 1"));
        await probe.Ended;
        Assert.Equal("ready\n", probe.Output);
    });
}

[Collection(AloneTests.Name)]
public class PortableStandardIOTests : StandardIOTests
{
    protected override ReactorKind HostKind => ReactorKind.Portable;
}
