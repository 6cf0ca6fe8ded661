#:project ../src/Twisted.Runtime
// A process is a connection: it reads the words, its lines are printed, and then how it ended.
//   dotnet run t06_process.cs sort pear apple fig      or:  tac, wc, cat, false ...
return Reactor.Run(async reactor =>
{
    var session = new Session(args[1..]);
    ChildProcess child = ((IReactorProcess)reactor).StartProcess(new ProcessOptions(args[0]), session);
    ProcessExit exit = await child.Ended;
    Console.WriteLine($"{args[0]} ended with {exit}.");
});

class Session(string[] words) : SequentialProtocol
{
    protected override ReadOnlySpan<byte> Delimiter => "\n"u8;

    protected override async Deferred Run()
    {
        foreach (string word in words)
            SendLine(word);
        Transport.GetRequired<IHalfCloseable>().LoseWriteConnection(); // the end of its input: sort waits for it
        while (await ReadLine() is { } line)
            Console.WriteLine(line);
    }
}
