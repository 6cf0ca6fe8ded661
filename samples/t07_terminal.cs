#:project ../src/Twisted.Runtime
// A shell in a terminal of its own, on our standard input and output. So that each key goes there, Ctrl-C too:
//   stty raw -echo; dotnet run t07_terminal.cs [COLUMNS ROWS]; stty sane      then try:  stty size; tty; exit
return Reactor.Run(async reactor =>
{
    var size = args is [var columns, var rows]
        ? new TerminalSize(ushort.Parse(columns), ushort.Parse(rows))
        : new TerminalSize(Columns: 80, Rows: 24);
    var options = new ProcessOptions("sh") { UsePty = true, WindowSize = size };
    var (shell, user) = (new Side(), new User());
    ChildProcess child = ((IReactorProcess)reactor).StartProcess(options, shell);
    ((IReactorStandardIO)reactor).OpenStandardIO(user);
    shell.SendTo(user);
    user.SendTo(shell);
    ProcessExit exit = await child.Ended;
    await user.Ended; // has got everything
    return exit.ExitCode ?? 1;
});

/// <summary>Gives what it receives to the other side, no faster than that side takes it.</summary>
class Side : Protocol
{
    public Deferred Ended { get; } = new();

    protected ITransport? Other { get; private set; }

    public void SendTo(Side other)
    {
        Other = other.Transport;
        Other.RegisterProducer(Transport);
    }

    protected override void DataReceived(ReadOnlySpan<byte> data) => Other!.Write(data);

    protected override void ConnectionLost(Exception reason)
    {
        Other!.UnregisterProducer();
        Other.LoseConnection(); // for the shell this is its telephone hung up
        Ended.Callback();
    }
}

/// <summary>The end of a terminal's input is a character, Ctrl-D: it has but one stream.</summary>
class User : Side, IHalfCloseableProtocol
{
    public void ReadConnectionLost() => Other!.Write("\x04"u8);

    public void WriteConnectionLost() { }
}
