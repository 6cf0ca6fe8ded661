#:project ../src/Twisted.Runtime
#:project ../src/Twisted.Words
// A bot that writes down what is said in a channel.
//   dotnet run e10_irc_log_bot.cs CHANNEL FILE HOST [PORT]
using System.Net;
using Twisted.Logging;
using Twisted.Words;

var reactor = Reactor.Create(new ReactorOptions { Logging = TwistedLog.Start(Console.Out) });
int port = args is [_, _, _, var given, ..] ? int.Parse(given) : 6667;
reactor.ConnectTcp(args[2], port, new LogBotFactory(channel: args[0], filename: args[1], reactor));
reactor.Run();

/// <summary>Application logic, apart from the protocol: one line a message.</summary>
sealed class MessageLogger(TextWriter file)
{
    public void Log(string message)
    {
        file.WriteLine($"[{DateTime.Now:HH:mm:ss}] {message}");
        file.Flush();
    }

    public void Close() => file.Close();
}

sealed class LogBot(LogBotFactory factory) : IrcClient("twistedbot", factory.Reactor)
{
    private MessageLogger _logger = null!;

    protected override void ConnectionMade()
    {
        base.ConnectionMade();
        _logger = new MessageLogger(File.AppendText(factory.Filename));
        _logger.Log($"[connected at {DateTime.Now:ddd MMM d HH:mm:ss yyyy}]");
    }

    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        _logger.Log($"[disconnected at {DateTime.Now:ddd MMM d HH:mm:ss yyyy}]");
        _logger.Close();
    }

    protected override void SignedOn() => Join(factory.Channel);

    protected override void Joined(string channel) => _logger.Log($"[I have joined {channel}]");

    protected override void PrivMsgReceived(string user, string channel, string msg)
    {
        user = user.Split('!')[0];
        _logger.Log($"<{user}> {msg}");

        if (channel == Nickname)
        {
            Msg(user, "It isn't nice to whisper!  Play nice with the group.");
        }
        else if (msg.StartsWith(Nickname + ":", StringComparison.Ordinal))
        {
            string answer = $"{user}: I am a log bot";
            Msg(channel, answer);
            _logger.Log($"<{Nickname}> {answer}");
        }
    }

    protected override void ActionReceived(string user, string channel, string msg) =>
        _logger.Log($"* {user.Split('!')[0]} {msg}");

    protected override void UserRenamed(string oldNick, string newNick) =>
        _logger.Log($"{oldNick} is now known as {newNick}");
}

sealed class LogBotFactory(string channel, string filename, IReactor reactor) : ClientFactory
{
    public string Channel => channel;
    public string Filename => filename;
    public IReactor Reactor => reactor;

    public override IProtocol BuildProtocol(EndPoint peer) => new LogBot(this);

    protected override void ClientConnectionLost(IConnector connector, Exception reason) => connector.Connect();

    protected override void ClientConnectionFailed(IConnector connector, Exception reason)
    {
        Console.WriteLine($"connection failed: {reason.Message}");
        reactor.Stop();
    }
}
