using Twisted.Testing;

namespace Twisted.Tests.Policies;

public class IdleTimeoutFactoryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly VirtualClock _clock = new();
    private readonly Speaker _speaker = new();
    private readonly StringTransport _transport;

    public IdleTimeoutFactoryTests()
    {
        var factory = new IdleTimeoutFactory(Factory.For(() => _speaker), _clock, Minute);
        _transport = StringTransport.Connect(factory.BuildProtocol(null!)!);
    }

    private sealed class Speaker : Protocol
    {
        internal void Encode(string text)
        {
            int count = System.Text.Encoding.ASCII.GetBytes(text, Transport.GetSpan(text.Length));
            Transport.Advance(count);
        }
    }

    [Fact]
    public void A_silent_connection_is_closed_and_then_aborted()
    {
        _clock.Advance(Minute - TimeSpan.FromSeconds(1));
        Assert.False(_transport.IsDisconnecting);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_transport.IsDisconnecting);
        Assert.False(_transport.IsAborted);
        _clock.Advance(Minute);
        Assert.True(_transport.IsAborted);
    }

    [Fact]
    public void What_comes_and_what_is_written_both_count()
    {
        _clock.Advance(Minute * 0.9);
        _transport.Receive("x");
        _clock.Advance(Minute * 0.9);
        _speaker.Transport.Write("y");
        _clock.Advance(Minute * 0.9);
        _speaker.Encode("z");
        _clock.Advance(Minute * 0.9);
        Assert.False(_transport.IsDisconnecting);
        Assert.Equal("yz", _transport.Text);
        _clock.Advance(Minute * 0.1);
        Assert.True(_transport.IsDisconnecting);
    }

    [Fact]
    public void A_protocol_that_goes_on_writing_is_closed_all_the_same()
    {
        _clock.Advance(Minute);
        _speaker.Transport.Write("one more thing");
        _clock.Advance(Minute);
        Assert.True(_transport.IsAborted);
    }

    [Fact]
    public void A_connection_that_is_gone_leaves_no_timer()
    {
        _transport.Disconnect();
        Assert.Empty(_clock.DelayedCalls);
    }
}
