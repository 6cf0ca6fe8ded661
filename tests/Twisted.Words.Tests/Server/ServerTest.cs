using Twisted.Cred;
using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

/// <summary>A server in memory, in virtual time; the test plays its clients.</summary>
public abstract class ServerTest : IDisposable
{
    private readonly List<MemoryPeer> _peers = [];
    private MemoryNetwork _net = new(new VirtualClock());
    private IListeningPort? _port;

    private protected VirtualClock Clock => _net.Clock;

    private protected IReactor Reactor => _net.Reactor;

    private protected IrcServerFactory Factory { get; private set; } = null!;

    private protected LogCapture Log { get; } = new();

    private protected static IrcServerOptions Free { get; } =
        new() { Name = "irc.test", FloodBurst = 0, Motd = ["hello"] };

    /// <summary>A portal whose users are ada, with the password lovelace, and grace with hopper.</summary>
    private protected static Portal Users(params ICredentialsChecker[] others) => new(new IrcRealm(),
        [new InsecureMemoryChecker(("ada", "lovelace"), ("grace", "hopper")), .. others]);

    private protected void Start(IrcServerOptions? options = null)
    {
        Factory = new IrcServerFactory(_net.Reactor, options ?? Free, Log.CreateLogger("irc"));
        _port = _net.Server("irc").Listen(Factory).SuccessResult();
    }

    /// <summary>A connection that has not said anything.</summary>
    private protected MemoryPeer Stranger()
    {
        MemoryPeer peer = _net.Connect("irc");
        _peers.Add(peer);
        return peer;
    }

    /// <summary>A registered user.</summary>
    private protected MemoryPeer User(string nick, string capabilities = "")
    {
        MemoryPeer peer = Stranger();
        if (capabilities.Length > 0)
            peer.Send($"CAP REQ :{capabilities}\r\nCAP END\r\n");
        peer.Send($"NICK {nick}\r\nUSER {nick} 0 * :Real {nick}\r\n");
        Assert.Contains(" 376 ", peer.Received, StringComparison.Ordinal);
        peer.Clear();
        return peer;
    }

    /// <summary>Users who are all in a channel; the first is its operator.</summary>
    private protected MemoryPeer[] InChannel(string channel, params string[] nicks)
    {
        MemoryPeer[] users = [.. nicks.Select(nick => User(nick))];
        foreach (MemoryPeer user in users)
            user.Send($"JOIN {channel}\r\n");
        foreach (MemoryPeer user in users)
            user.Clear();
        return users;
    }

    /// <summary>What a client gets when it says something.</summary>
    private protected static string Said(MemoryPeer peer, string line)
    {
        peer.Clear();
        peer.Send(line + "\r\n");
        return Got(peer);
    }

    /// <summary>What a client has got since the last time; the server's name is shortened.</summary>
    private protected static string Got(MemoryPeer peer)
    {
        string text = peer.Received.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n')
            .Replace(":irc.test ", ":s ", StringComparison.Ordinal);
        peer.Clear();
        return text;
    }

    public void Dispose()
    {
        foreach (MemoryPeer peer in _peers.Where(peer => peer.IsConnected))
            peer.Close();
        _port?.StopListening().Forget();
        Clock.Advance(TimeSpan.FromMinutes(2)); // who is not read now is heard of later
        Assert.Equal((0, 0, 0), (Factory.UserCount, Factory.ChannelCount, Factory.ConnectionCount));
        Janitor.AssertClean(Clock);
        _net = new MemoryNetwork(new VirtualClock());
        GC.SuppressFinalize(this);
    }
}
