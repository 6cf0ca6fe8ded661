using System.Net;
using System.Net.Sockets;
using Twisted.Words;

namespace Interop.Tests;

/// <summary>Our client of IRC with a server that others use.</summary>
public sealed class IrcTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-irc-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PeerFact(Peers.Ngircd)]
    public async Task Two_clients_meet_in_a_channel_of_ngircd()
    {
        int port = UnusedPort();
        await using RunningProgram server = RunningProgram.Start(Peers.Ngircd, "-n", "-f", Configuration(port));
        await server.Line("Now listening");
        await OnReactor.Run(reactor => Meet(reactor, port));
    }

    private static async Deferred Meet(IReactor reactor, int port)
    {
        var endpoint = new TcpClientEndpoint(reactor, "127.0.0.1", port);
        Talker first = await endpoint.ConnectProtocol(new Talker(reactor));
        await first.Heard("signedOn bot");
        Talker second = await endpoint.ConnectProtocol(new Talker(reactor));
        await second.Heard("signedOn bot_"); // the nickname was taken
        Assert.Contains("multi-prefix", second.Capabilities);
        Assert.True(second.Features.NickLength >= 9);

        first.Join("meeting");
        await first.Heard("joined #meeting");
        second.Join("#meeting");
        await first.Heard("userJoined bot_ #meeting");
        await second.Heard("joined #meeting");
        second.Say("meeting", "café and " + new string('é', 400));
        await first.Heard("privmsg #meeting café and");
        second.Describe("#meeting", "waves");
        await first.Heard("action #meeting waves");
        second.Ping("bot");
        await second.Heard("pong");

        IReadOnlyList<string> names = await first.Names("meeting");
        Assert.Equal(["@bot", "bot_"], names.Order());
        IrcWhois whois = await first.Whois("bot_");
        Assert.Equal(("bot_", "#meeting"), (whois.Nickname, Assert.Single(whois.Channels)));
        Assert.Equal(2, Assert.Single(await first.List(), one => one.Name == "#meeting").Users);

        first.SetTopic("meeting", "of two");
        await second.Heard("topic #meeting of two");
        first.Mode("meeting", set: true, "v", "bot_");
        await second.Heard("mode #meeting +v bot_");
        second.SetNick("other");
        await first.Heard("renamed bot_ other");
        first.Kick("meeting", "other", "the end");
        await second.Heard("kicked #meeting bot the end");
        second.Quit("bye");
        await second.Heard("lost");
        first.Quit();
        await first.Heard("lost");
    }

    private string Configuration(int port)
    {
        string file = Path.Combine(_folder.FullName, "ngircd.conf");
        File.WriteAllText(file, $"""
            [Global]
            Name = irc.test.example
            Info = for a test
            Listen = 127.0.0.1
            Ports = {port}
            MotdPhrase = "hello"
            [Options]
            DNS = no
            Ident = no
            PAM = no
            """);
        return file;
    }

    /// <summary>It cannot say which port it was given, so it is told one that was free a moment ago.</summary>
    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Talker(IReactorTime reactor) : IrcClient("bot", reactor)
    {
        private readonly DeferredQueue<string> _events = new();

        /// <summary>The next event that begins so; those before it are passed over.</summary>
        internal async Deferred Heard(string beginning)
        {
            string told;
            do
                told = await _events.Get();
            while (!told.StartsWith(beginning, StringComparison.Ordinal));
        }

        protected override void SignedOn() => _events.Put($"signedOn {Nickname}");

        protected override void Joined(string channel) => _events.Put($"joined {channel}");

        protected override void UserJoined(string user, string channel) => _events.Put($"userJoined {user} {channel}");

        protected override void PrivMsgReceived(string user, string channel, string msg) =>
            _events.Put($"privmsg {channel} {msg}");

        protected override void ActionReceived(string user, string channel, string msg) =>
            _events.Put($"action {channel} {msg}");

        protected override void PongReceived(string user, TimeSpan elapsed) => _events.Put("pong");

        protected override void TopicUpdated(string user, string channel, string newTopic) =>
            _events.Put($"topic {channel} {newTopic}");

        protected override void ModeChanged(
            string user, string channel, bool set, string modes, IReadOnlyList<string?> args) =>
            _events.Put($"mode {channel} {(set ? '+' : '-')}{modes} {string.Join(' ', args)}");

        protected override void UserRenamed(string oldNick, string newNick) =>
            _events.Put($"renamed {oldNick} {newNick}");

        protected override void KickedFrom(string channel, string kicker, string msg) =>
            _events.Put($"kicked {channel} {kicker} {msg}");

        protected override void ConnectionLost(Exception reason)
        {
            base.ConnectionLost(reason);
            _events.Put("lost");
        }
    }
}
