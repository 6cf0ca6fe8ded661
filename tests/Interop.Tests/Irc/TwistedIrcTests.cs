using Twisted.Words;

namespace Interop.Tests.Irc;

/// <summary>The original's server and client of IRC.</summary>
public sealed class TwistedIrcTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-irc-peer-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PeerFact(Peers.Twisted)]
    public async Task Our_clients_meet_at_its_server()
    {
        await using RunningProgram server = await RunningProgram.Listen(Python.Script("twisted_irc.py", "server"));
        await OnReactor.Run(async reactor =>
        {
            var endpoint = new TcpClientEndpoint(reactor, "127.0.0.1", server.Port);
            Talker first = await endpoint.ConnectProtocol(new Talker(reactor, "first") { Password = "secret" });
            await first.Heard("signedOn first");
            Talker second = await endpoint.ConnectProtocol(new Talker(reactor, "second") { Password = "secret" });
            await second.Heard("signedOn second");
            first.Join("tea");
            await first.Heard("joined #tea");
            second.Join("tea");
            await first.Heard("userJoined second #tea");
            await second.Heard("joined #tea");
            second.Say("tea", "green or black?");
            await first.Heard("privmsg second #tea green or black?");
            first.Msg("second", "black");
            await second.Heard("privmsg first second black");
            first.SetTopic("tea", "black");
            await second.Heard("topic #tea black");
            Assert.Equal(["first", "second"], (await first.Names("tea")).Order());
            Assert.Equal("second", (await first.Whois("second")).Nickname);
            second.Leave("tea");
            await first.Heard("userLeft second #tea");
            second.Quit();
            await second.Heard("lost");
            first.Quit();
            await first.Heard("lost");
        });
    }

    [PeerFact(Peers.Twisted, Peers.Ngircd)]
    public async Task Its_client_and_ours_understand_each_other_at_another_server()
    {
        await using IrcServer server = await IrcServer.Ngircd();
        await Understand(server.Port);
    }

    [PeerFact(Peers.Twisted)]
    public async Task Its_client_and_ours_understand_each_other_at_our_server()
    {
        await using RunningProgram server = await Tool.Listen("ircd");
        await Understand(server.Port);
    }

    [PeerFact(Peers.Twisted, Peers.Ngircd)]
    public async Task Its_client_takes_our_file()
    {
        await using IrcServer server = await IrcServer.Ngircd();
        await using RunningProgram its = Python.Start(
            "twisted_irc.py", "client", $"{server.Port}", "original", _folder.FullName);
        await its.Line("signedOn");
        byte[] content = new byte[500_000];
        new Random(1).NextBytes(content);
        string path = Path.Combine(_folder.CreateSubdirectory("outbox").FullName, "tea time.bin");
        await File.WriteAllBytesAsync(path, content);
        await OnReactor.Run(async reactor =>
        {
            Talker ours = await new TcpClientEndpoint(reactor, "127.0.0.1", server.Port)
                .ConnectProtocol(new Talker(reactor));
            await ours.Heard("signedOn");
            await ours.DccSend("original", path);
        });
        await its.Line("received 500000");
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, "tea time.bin")));
    }

    /// <summary>A session of both, at a server on this machine.</summary>
    private async Task Understand(int port)
    {
        await using RunningProgram its = Python.Start(
            "twisted_irc.py", "client", $"{port}", "original", _folder.FullName);
        await its.Line("signedOn");
        await OnReactor.Run(async reactor =>
        {
            Talker ours = await new TcpClientEndpoint(reactor, "127.0.0.1", port).ConnectProtocol(new Talker(reactor));
            await ours.Heard("signedOn");
            ours.Join("tea");
            await ours.Heard("joined #tea");
            await ItSpeaks(its, ours);
            await WeSpeak(its, ours);
            await its.Send("join #tea\nquit bye\n");
            await ours.Heard("userJoined original");
            await ours.Heard("userQuit original");
        });
        await its.Succeeds();
    }

    private static async Deferred ItSpeaks(RunningProgram its, Talker ours)
    {
        await its.Send("join #tea\n");
        await ours.Heard("userJoined original #tea");
        await its.Send("say #tea is there tea?\n");
        await ours.Heard("privmsg original #tea is there tea?");
        await its.Send("describe #tea waits\n");
        await ours.Heard("action original #tea waits");
        await its.Send("notice bot hm\n");
        await ours.Heard("notice original bot hm");
        ours.Mode("tea", set: true, "o", "original");
        await its.Line("modeChanged #tea True o original");
        await its.Send("topic #tea where is the tea\n");
        await ours.Heard("topic #tea where is the tea");
        await its.Send("mode #tea +v bot\n");
        await ours.Heard("mode #tea +v bot");
        await its.Send("nick genuine\n");
        await ours.Heard("userRenamed original genuine");
        await its.Send("nick original\n");
        await ours.Heard("userRenamed genuine original");
        await its.Send("ping bot\n");
        await its.Line("pong bot");
    }

    private static async Deferred WeSpeak(RunningProgram its, Talker ours)
    {
        ours.Say("tea", "here is " + string.Join(' ', Enumerable.Repeat("tea", 200)));
        await its.Line("privmsg #tea here is tea");
        await its.Line("privmsg #tea tea");
        ours.Describe("#tea", "pours");
        await its.Line("action #tea pours");
        ours.SetTopic("tea", "it is here");
        await its.Line("topicUpdated #tea it is here");
        ours.SetNick("pot");
        await its.Line("userRenamed bot pot");
        ours.Ping("original");
        await ours.Heard("pong");
        ours.Kick("tea", "original", "enough");
        await its.Line("kickedFrom #tea pot enough");
    }
}
