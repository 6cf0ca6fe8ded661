using Twisted.Testing;

namespace Twisted.Words.Tests;

public class DccChatTests : DccTest
{
    private readonly Talk _ours = new();
    private readonly Talk _theirs = new();

    [Fact]
    public void Two_talk_past_the_server()
    {
        Deferred offered = Alice.DccChat("bob", _ours);
        Settle();
        Assert.StartsWith("alice: PRIVMSG bob :~DCC CHAT chat 2130706433 ", Said[0], StringComparison.Ordinal);
        Deferred taken = Bob.DccAccept(Assert.Single(Bob.Offers), _theirs);
        Settle();
        offered.SuccessResult();
        taken.SuccessResult();
        _ours.Say("hello\r\n\r\nyou\n");
        _theirs.Say("café");
        Settle();
        Assert.Equal(["hello", "you"], _theirs.Heard);
        Assert.Equal(["café"], _ours.Heard);
        Assert.Throws<ArgumentException>(() => _ours.Say("a\0b"));
        _theirs.Transport.LoseConnection();
        Settle();
        Assert.False(_ours.IsConnected);
        Reactor.Reactor.AssertClean();
    }

    [Fact]
    public void Lines_end_with_LF_with_or_without_CR_and_are_bounded()
    {
        MemoryPeer peer = Taken();
        peer.Send("one\ntwo\r\n\n");
        peer.Send([0xe9, (byte)'\n']);
        Assert.Equal(["one", "two", "", "é"], _ours.Heard);
        peer.Send(new string('x', 5000));
        Settle();
        Assert.False(peer.IsConnected);
        Assert.Equal(4, _ours.Heard.Count);
    }

    [Fact]
    public void A_conversation_in_which_nobody_speaks_ends()
    {
        MemoryPeer peer = Taken();
        Clock.Advance(TimeSpan.FromMinutes(59));
        peer.Send("still here\n");
        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(peer.IsConnected);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_ours.IsConnected);
    }

    [Fact]
    public void An_offer_that_nobody_takes_ends()
    {
        Deferred offered = Alice.DccChat("bob", _ours);
        Settle();
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<TimeoutException>(Failure(offered));
        Assert.Throws<ConnectionRefusedException>(() => Reactor.Connect(Bob.Offers[0].Port));
        Reactor.Reactor.AssertClean();
    }

    private MemoryPeer Taken()
    {
        Alice.DccChat("bob", _ours);
        Settle();
        return Reactor.Connect(Bob.Offers[0].Port);
    }

    private sealed class Talk : DccChatProtocol
    {
        internal List<string> Heard { get; } = [];

        protected override void MessageReceived(string text) => Heard.Add(text);
    }
}
