using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

/// <summary>Our client and our server, through a network in memory.</summary>
public class SessionTests
{
    [Fact]
    public void Client_and_server_understand_each_other()
    {
        var net = new MemoryNetwork(new VirtualClock());
        var factory = new IrcServerFactory(net.Reactor, new IrcServerOptions
        {
            Name = "irc.test",
            Portal = new Twisted.Cred.Portal(
                new IrcRealm(), new Twisted.Cred.InsecureMemoryChecker(("ada", "lovelace"))),
        });
        IListeningPort port = net.Server("irc").Listen(factory).SuccessResult();
        var ada = new RecordingClient(net.Clock, "ada")
        {
            Proof = IrcSasl.Plain("ada", "lovelace", allowInsecure: true),
        };
        var bob = new RecordingClient(net.Clock, "bob");
        net.Client("irc").Connect(Factory.For(() => ada)).Forget();
        net.Client("irc").Connect(Factory.For(() => bob)).Forget();
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(ada.IsSignedOn && bob.IsSignedOn);
        ada.Join("tea");
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        bob.Join("tea");
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        ada.Events.Clear();
        bob.Events.Clear();

        ada.Say("tea", "hello bob");
        ada.SetTopic("tea", "green");
        ada.Mode("tea", set: true, "v", "bob");
        bob.Describe("#tea", "waves");
        bob.SetNick("robert");
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("""
            privmsg ada!~ada@127.0.0.1|#tea|hello bob
            topic ada|#tea|green
            mode ada!~ada@127.0.0.1|#tea|+|v|bob
            nickChanged robert
            """, string.Join('\n', bob.Events));
        Assert.Contains("action bob!~bob@127.0.0.1|#tea|waves", ada.Events);
        Assert.Contains("userRenamed bob|robert", ada.Events);

        IrcWhois? whois = null;
        IReadOnlyList<string>? names = null;
        bob.Whois("ada").AddCallback(found => { whois = found; });
        bob.Names("tea").AddCallback(found => { names = found; });
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("ada", "ada", "@#tea"), (whois!.Nickname, whois.Account, string.Join(' ', whois.Channels)));
        Assert.Equal(["@ada", "+robert"], names);

        net.Clock.Advance(TimeSpan.FromMinutes(30)); // each answers the other's PING
        Assert.Equal(2, factory.UserCount);
        ada.Kick("tea", "robert", "enough");
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("kickedFrom #tea|ada|enough", bob.Events[^1]);
        ada.Quit("bye");
        bob.Quit();
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0, 0), (factory.UserCount, factory.ChannelCount, factory.ConnectionCount));
        port.StopListening().Forget();
        net.Clock.Advance(TimeSpan.Zero);
        Janitor.AssertClean(net.Clock);
    }
}
