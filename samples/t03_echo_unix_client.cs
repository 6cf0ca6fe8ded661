#:project ../src/Twisted.Runtime
// The client of t03_echo_unix_server: sends each word as a line, and prints the echo.
//   dotnet run t03_echo_unix_client.cs PATH hello world
return Reactor.Run(async reactor =>
{
    var endpoint = Endpoints.Client(reactor, $"unix:{Endpoints.Quote(args[0])}");
    EchoClient client = await endpoint.ConnectProtocol(new EchoClient(args[1..]));
    await client.Ended;
});

class EchoClient(string[] words) : SequentialProtocol
{
    public Deferred Ended { get; } = new();

    protected override async Deferred Run()
    {
        foreach (string word in words)
        {
            SendLine(word);
            Console.WriteLine(await ReadLine());
        }
        Ended.Callback();
    }
}
