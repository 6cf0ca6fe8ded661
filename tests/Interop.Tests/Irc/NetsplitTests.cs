namespace Interop.Tests.Irc;

/// <summary>A network of two servers falls apart, and comes together again.</summary>
public sealed class NetsplitTests
{
    [PeerFact(Peers.Ngircd)]
    public async Task Who_is_on_the_other_side_has_quit_and_comes_back()
    {
        await using IrcServer near = await IrcServer.Ngircd("near", link: ("far", null));
        await using IrcServer far = await IrcServer.Ngircd("far", link: ("near", near.Port));
        await near.Says("Synchronization with \"far.test.example\" done");
        await OnReactor.Run(async reactor =>
        {
            Talker here = await Join(reactor, near, "here");
            Talker there = await Join(reactor, far, "there");
            await here.Heard("userJoined there #meeting");

            await far.Kill();
            await here.Heard("userQuit there");
            await there.Heard("lost");
            Assert.Equal(["@here"], await here.Names("meeting"));

            await far.Restart();
            await near.Says("Synchronization with \"far.test.example\" done");
            there = await Join(reactor, far, "there");
            await here.Heard("userJoined there #meeting");
            there.Say("meeting", "back again");
            await here.Heard("privmsg there #meeting back again");
        });
    }

    [PeerFact(Peers.Ngircd)]
    public async Task A_nickname_that_is_taken_on_another_server_is_altered()
    {
        await using IrcServer near = await IrcServer.Ngircd("near", link: ("far", null));
        await OnReactor.Run(async reactor =>
        {
            Talker here = await Join(reactor, near, "same");
            await using IrcServer far = await IrcServer.Ngircd("far", link: ("near", near.Port));
            await near.Says("Synchronization with \"far.test.example\" done");
            Talker there = await Join(reactor, far, "same");
            Assert.Equal("same_", there.Nickname);
            await here.Heard("userJoined same_ #meeting");
        });
    }

    private static async Deferred<Talker> Join(IReactor reactor, IrcServer server, string nickname)
    {
        Talker talker = await new TcpClientEndpoint(reactor, "127.0.0.1", server.Port)
            .ConnectProtocol(new Talker(reactor, nickname));
        await talker.Heard("signedOn");
        talker.Join("meeting");
        await talker.Heard("joined #meeting");
        return talker;
    }
}
