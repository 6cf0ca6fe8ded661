#:project ../src/Twisted.Runtime
// A server written top to bottom, and one in events, over the same asynchronous directory.
//   dotnet run x_async_server.cs [PORT]     then:  nc 127.0.0.1 1079, and name: moshez
using System.Text;

string number = args is [var given, ..] ? given : "1079";
return Reactor.Run(async reactor =>
{
    var users = new UserDirectory(reactor);
    await using IListeningPort chat = await Endpoints.Server(reactor, $"tcp:{number}:interface=127.0.0.1")
        .Listen(() => new Chat(users));
    await using IListeningPort finger = await new TcpServerEndpoint(reactor, 0, "127.0.0.1")
        .Listen(() => new Finger(users));
    Console.WriteLine($"Listening on port {chat.Host.Port}");
    Console.WriteLine($"Listening on port {finger.Host.Port}");
    await Deferred.Never(); // until a signal cancels it
});

/// <summary>Top to bottom: read, think, answer. Pipelined lines are answered in order.</summary>
sealed class Chat(UserDirectory users) : SequentialProtocol
{
    protected override async Deferred Run()
    {
        SendLine("What is your name?");
        while (await ReadLine() is { } name)
        {
            try
            {
                SendLine(await users.Find(name));
            }
            catch (KeyNotFoundException)
            {
                SendLine("No such user");
            }
        }
    }
}

/// <summary>Event style with an asynchronous answer.</summary>
sealed class Finger(UserDirectory users) : LineReceiver
{
    protected override void LineReceived(ReadOnlySpan<byte> line) =>
        WhileConnected(Answer(Encoding.UTF8.GetString(line)));

    private async Deferred Answer(string user)
    {
        SendLine(await users.Find(user));
        Transport.LoseConnection();
    }
}

sealed class UserDirectory(IReactorTime reactor)
{
    public async Deferred<string> Find(string user)
    {
        await reactor.DeferLater(TimeSpan.FromMilliseconds(10));
        return user == "moshez" ? "Happy and well" : throw new KeyNotFoundException(user);
    }
}
