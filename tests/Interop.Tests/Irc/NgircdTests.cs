using System.Reflection;
using Twisted.Conformance;
using Twisted.Words;

namespace Interop.Tests.Irc;

/// <summary>Our client with ngircd: every command that the client has, and whatever this server tells.</summary>
/// <remarks>ngircd knows no SASL; passwords of the server (PASS) it does.</remarks>
public sealed class NgircdTests : IDisposable
{
    private static readonly string[] Commands =
    [
        "Join", "Leave", "Kick", "Invite", "AskTopic", "SetTopic", "Mode", "Say", "Msg", "Notice", "Describe", "Away",
        "Back", "SetNick", "Quit", "CtcpQuery", "CtcpReply", "Ping", "Whois", "Names", "List", "SendLine",
        "SendCommand", "DccSend", "DccAccept", "DccChat",
    ];

    private static readonly string[] Heard =
    [
        "signedOn", "yourHost", "created", "myInfo", "features", "luserClient", "luserChannels", "luserOp", "luserMe",
        "motd", "error", "privmsg", "notice", "action", "joined", "left", "kickedFrom", "nickChanged", "userJoined",
        "userLeft", "userQuit", "userKicked", "userRenamed", "topic", "mode", "invite", "pong", "query", "reply", "dcc",
        "unknown", "lost",
    ];

    private readonly CertificateFiles _files = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-irc-dcc-");

    public void Dispose()
    {
        _files.Dispose();
        _folder.Delete(recursive: true);
    }

    [PeerTheory(Peers.Ngircd)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_with_every_command(bool isTls)
    {
        await using IrcServer server = await IrcServer.Ngircd(
            certificate: isTls ? _files.Pair("server.pem", "irc.test.example") : null);
        await OnReactor.Run(async reactor =>
        {
            IStreamClientEndpoint endpoint =
                new TcpClientEndpoint(reactor, "127.0.0.1", isTls ? server.TlsPort : server.Port);
            if (isTls)
                endpoint = new TlsClientEndpoint(endpoint,
                    TlsOptions.OptionsForClientTls("irc.test.example", _files.Authority.TrustRoot));
            Talker first = await endpoint.ConnectProtocol(new Talker(reactor));
            await first.Heard("signedOn bot");
            Talker second = await endpoint.ConnectProtocol(new Talker(reactor));
            await second.Heard("signedOn bot_"); // the nickname was taken
            await Channels(first, second);
            await Words(first, second);
            await Questions(first, second);
            await PastTheServer(first, second);
            await Farewell(first, second);
            Assert.Equal(Heard.Order(), first.Kinds.Union(second.Kinds).Order());
        });
    }

    [Fact]
    public void No_command_of_the_client_is_left_out() => Assert.Equal(Commands.Order(),
        from method in typeof(IrcClient).GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName
        group method by method.Name into one
        orderby one.Key
        select one.Key);

    [PeerFact(Peers.Ngircd)]
    public async Task The_password_of_a_server()
    {
        await using IrcServer server = await IrcServer.Ngircd(password: "secret");
        await OnReactor.Run(async reactor =>
        {
            var endpoint = new TcpClientEndpoint(reactor, "127.0.0.1", server.Port);
            Talker known = await endpoint.ConnectProtocol(new Talker(reactor) { Password = "secret" });
            await known.Heard("signedOn");
            Talker stranger = await endpoint.ConnectProtocol(new Talker(reactor) { Password = "guess" });
            await stranger.Heard("lost");
            Assert.DoesNotContain("signedOn", stranger.Kinds);
            Talker unproved = await endpoint.ConnectProtocol(new Talker(reactor, "other")
            {
                Proof = IrcSasl.Plain("other", "secret", allowInsecure: true),
            });
            await unproved.Heard("lost");
            Assert.Contains("does not offer PLAIN", unproved.FailureReason!.Message, StringComparison.Ordinal);
            known.Quit();
            await known.Heard("lost");
        });
    }

    private static async Deferred Channels(Talker first, Talker second)
    {
        Assert.Contains("multi-prefix", second.Capabilities);
        Assert.True(second.Features.NickLength >= 9);
        first.Join("meeting");
        await first.Heard("joined #meeting");
        second.Join("#meeting");
        await first.Heard("userJoined bot_ #meeting");
        await second.Heard("joined #meeting");
        first.SetTopic("meeting", "of two");
        await second.Heard("topic #meeting of two");
        second.AskTopic("meeting");
        await second.Heard("topic #meeting of two");
        first.Mode("meeting", set: true, "v", "bot_");
        await second.Heard("mode #meeting +v bot_");
        first.Mode("meeting", set: false, "v", "bot_");
        await second.Heard("mode #meeting -v bot_");
        second.Mode(second.Nickname, set: true, "w");
        await second.Heard("mode bot_ +w");

        first.Join("locked");
        await first.Heard("joined #locked");
        first.Mode("locked", set: true, "k", "key");
        await first.Heard("mode #locked +k key");
        second.Join("locked");
        await second.Heard("unknown 475");
        second.Join("locked", "key");
        await first.Heard("userJoined bot_ #locked");
        second.Leave("locked", "enough");
        await second.Heard("left #locked");
        await first.Heard("userLeft bot_ #locked");
        first.Mode("locked", set: true, "i");
        first.Invite("bot_", "locked");
        await second.Heard("invite bot bot_ #locked");
    }

    private static async Deferred Words(Talker first, Talker second)
    {
        second.Say("meeting", "café and " + new string('é', 400));
        await first.Heard("privmsg bot_ #meeting café and");
        await first.Heard("privmsg bot_ #meeting é");
        second.Msg("bot", "for you alone");
        await first.Heard("privmsg bot_ bot for you alone");
        second.Notice("#meeting", "noted");
        await first.Heard("notice bot_ #meeting noted");
        second.Describe("#meeting", "waves");
        await first.Heard("action bot_ #meeting waves");
        second.Ping("bot");
        await second.Heard("pong");
        second.CtcpQuery("bot", "VERSION");
        await second.Heard("reply bot VERSION talker 1");
        second.CtcpQuery("bot", "WEATHER");
        await first.Heard("query bot_ WEATHER");
        first.CtcpReply("bot_", "WEATHER", "fair");
        await second.Heard("reply bot WEATHER fair");
    }

    private static async Deferred Questions(Talker first, Talker second)
    {
        Assert.Equal(["@bot", "bot_"], (await first.Names("meeting")).Order());
        second.Away("for tea");
        await second.Heard("unknown 306");
        IrcWhois whois = await first.Whois("bot_");
        Assert.Equal(("bot_", "#meeting", "for tea"), (whois.Nickname, Assert.Single(whois.Channels), whois.Away));
        second.Back();
        await second.Heard("unknown 305");
        Assert.Null((await first.Whois("bot_", "bot_")).Away);
        IrcException none = await NoSuchUser(first);
        Assert.Equal("401", none.Code);
        Assert.Equal(2, Assert.Single(await first.List(), one => one.Name == "#meeting").Users);
        first.SendCommand("OPER", "root", "secret");
        await first.Heard("mode bot +o");
        first.SendLine("LUSERS");
        await first.Heard("luserOp 1");
        await first.Heard("luserChannels");
    }

    private static async Deferred<IrcException> NoSuchUser(Talker talker)
    {
        try
        {
            await talker.Whois("nobody");
        }
        catch (IrcException failure)
        {
            return failure;
        }
        throw new InvalidOperationException("There is a user 'nobody'.");
    }

    private async Deferred PastTheServer(Talker first, Talker second)
    {
        byte[] content = new byte[1_000_000];
        new Random(1).NextBytes(content);
        string path = Path.Combine(_folder.FullName, "tea time.bin");
        File.WriteAllBytes(path, content);
        string inbox = _folder.CreateSubdirectory("inbox").FullName;
        File.WriteAllBytes(Path.Combine(inbox, "tea time.bin.part"), content[..400_000]);
        Deferred sent = first.DccSend("bot_", path);
        await second.Heard("dcc Send tea time.bin");
        string received = await second.DccAccept(second.Offers[^1], inbox, resume: true);
        await sent;
        Assert.Equal(content, File.ReadAllBytes(received));

        var (ours, theirs) = (new Talker.Chat(), new Talker.Chat());
        Deferred talking = second.DccChat("bot", ours);
        await first.Heard("dcc Chat");
        await first.DccAccept(first.Offers[^1], theirs);
        await talking;
        theirs.Say("is there tea?");
        Assert.Equal("is there tea?", await ours.Next());
        ours.Say("there is");
        Assert.Equal("there is", await theirs.Next());
        ours.Transport.LoseConnection();
    }

    private static async Deferred Farewell(Talker first, Talker second)
    {
        second.SetNick("other");
        await second.Heard("nickChanged other");
        await first.Heard("userRenamed bot_ other");
        first.Kick("meeting", "other", "the end");
        await first.Heard("userKicked other #meeting bot the end");
        await second.Heard("kickedFrom #meeting bot the end");
        second.Join("meeting");
        await first.Heard("userJoined other");
        second.Quit("bye");
        await first.Heard("userQuit other");
        await second.Heard("error");
        await second.Heard("lost");
        first.Quit();
        await first.Heard("lost");
    }
}
