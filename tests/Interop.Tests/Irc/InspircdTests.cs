using Twisted.Words;

namespace Interop.Tests.Irc;

/// <summary>Our client with InspIRCd: capabilities, and the commands that matter most.</summary>
/// <remarks>Its SASL is only a way to services, which stand beside it and are not here.</remarks>
public sealed class InspircdTests
{
    [PeerFact(Peers.Inspircd)]
    public async Task A_session_with_its_capabilities()
    {
        await using IrcServer server = await IrcServer.Inspircd();
        await OnReactor.Run(async reactor =>
        {
            var endpoint = new TcpClientEndpoint(reactor, "127.0.0.1", server.Port);
            Talker first = await endpoint.ConnectProtocol(new Talker(reactor));
            await first.Heard("signedOn bot");
            Talker second = await endpoint.ConnectProtocol(new Talker(reactor));
            await second.Heard("signedOn bot_");
            string[] expected =
            [
                "account-notify", "away-notify", "chghost", "extended-join", "invite-notify", "multi-prefix",
                "server-time", "setname",
            ];
            Assert.Equal(expected, first.Capabilities.Order());
            Assert.Equal(30, first.Features.NickLength);
            await Talk(first, second);
            await Notify(first, second);
            second.Quit("bye");
            await second.Heard("lost");
            await first.Heard("userQuit bot_");
            first.Quit();
            await first.Heard("lost");
        });
    }

    [PeerFact(Peers.Inspircd)]
    public async Task Without_services_there_is_no_proof_and_so_no_login()
    {
        await using IrcServer server = await IrcServer.Inspircd();
        await OnReactor.Run(async reactor =>
        {
            Talker talker = await new TcpClientEndpoint(reactor, "127.0.0.1", server.Port)
                .ConnectProtocol(new Talker(reactor) { Proof = IrcSasl.Plain("me", "secret", allowInsecure: true) });
            await talker.Heard("loginFailed");
            await talker.Heard("lost");
            Assert.False(talker.IsSignedOn);
        });
    }

    private static async Deferred Talk(Talker first, Talker second)
    {
        first.Join("tea");
        await first.Heard("joined #tea");
        second.Join("tea");
        await first.Heard("userJoined bot_ #tea");
        second.Say("tea", "café");
        await first.Heard("privmsg bot_ #tea café");
        second.Describe("#tea", "waves");
        await first.Heard("action bot_ #tea waves");
        second.Ping("bot");
        await second.Heard("pong");
        first.SetTopic("tea", "green");
        await second.Heard("topic #tea green");
        first.Mode("tea", set: true, "ov", "bot_", "bot_");
        await second.Heard("mode #tea +ov bot_ bot_");
        Assert.Equal(["@+bot_", "@bot"], (await first.Names("tea")).Order(StringComparer.Ordinal));
        Assert.Equal("@+#tea", Assert.Single((await first.Whois("bot_")).Channels));
        Assert.Equal(2, Assert.Single(await first.List()).Users);
        second.SetNick("tee");
        await first.Heard("userRenamed bot_ tee");
        second.SetNick("bot_");
        await first.Heard("userRenamed tee bot_");
    }

    private static async Deferred Notify(Talker first, Talker second)
    {
        second.Away("for tea");
        await first.Heard("away bot_ for tea");
        second.Back();
        await first.Heard("away bot_ back");
        second.SendCommand("SETNAME", "Robert Tea");
        await first.Heard("realName bot_ Robert Tea");
        second.Invite("nobody", "tea");
        await second.Heard("unknown 401");
        first.Kick("tea", "bot_", "enough");
        await second.Heard("kickedFrom #tea bot enough");
        first.Invite("bot_", "tea");
        await second.Heard("invite bot bot_ #tea");
        second.Join("tea");
        await first.Heard("userJoined bot_ #tea");
    }
}
