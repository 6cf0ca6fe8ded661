using Twisted.Testing;

namespace Twisted.Tests.Policies;

public class ThrottlingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly VirtualClock _clock = new();

    private sealed class Sink : Protocol
    {
        internal long Count { get; private set; }

        protected override void DataReceived(ReadOnlySpan<byte> data) => Count += data.Length;
    }

    private (Sink Protocol, StringTransport Transport) Connect(ThrottlingFactory factory)
    {
        IProtocol wrapper = factory.BuildProtocol(null!)!;
        return ((Sink)((ProtocolWrapper)wrapper).Inner, StringTransport.Connect(wrapper));
    }

    private ThrottlingFactory Throttling(long? read = null, long? write = null) =>
        new(Factory.For(() => new Sink()), _clock, read, write);

    [Fact]
    public void A_bucket_fills_at_its_rate_and_no_higher_than_its_size()
    {
        var bucket = new TokenBucket(_clock, rate: 100, burst: 200);
        bucket.Use(200);
        Assert.Equal(TimeSpan.Zero, bucket.Wait);
        bucket.Use(50);
        Assert.Equal(Second / 2, bucket.Wait);
        _clock.Advance(Second / 2);
        Assert.Equal(TimeSpan.Zero, bucket.Wait);
        _clock.Advance(Second * 100);
        bucket.Use(300);
        Assert.Equal(Second, bucket.Wait);
    }

    [Fact]
    public void All_connections_pause_together_until_the_rate_is_kept()
    {
        ThrottlingFactory factory = Throttling(read: 1000);
        var (one, first) = Connect(factory);
        var (two, second) = Connect(factory);
        first.Receive(new byte[1000]);
        Assert.False(first.IsPaused);
        second.Receive(new byte[2000]);
        Assert.True(first.IsPaused && second.IsPaused);
        _clock.Advance(Second * 2 - TimeSpan.FromMilliseconds(1));
        Assert.True(first.IsPaused);
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.False(first.IsPaused || second.IsPaused);
        Assert.Equal((1000, 2000), (one.Count, two.Count));
    }

    [Fact]
    public void In_the_long_run_no_more_comes_than_may()
    {
        ThrottlingFactory factory = Throttling(read: 1000);
        var (sink, transport) = Connect(factory);
        for (int i = 0; i < 1000; i++)
        {
            if (!transport.IsPaused)
                transport.Receive(new byte[300]);
            _clock.Advance(Second / 10);
        }
        Assert.InRange(sink.Count, 98_000, 102_000); // 100 seconds, and what the bucket held
    }

    [Fact]
    public void A_connection_that_its_protocol_has_paused_stays_so()
    {
        ThrottlingFactory factory = Throttling(read: 1000);
        var (one, first) = Connect(factory);
        one.Transport.PauseProducing();
        var (_, second) = Connect(factory);
        second.Receive(new byte[3000]);
        _clock.Advance(Second * 3);
        Assert.True(first.IsPaused);
        Assert.False(second.IsPaused);
        one.Transport.ResumeProducing();
        Assert.False(first.IsPaused);
    }

    [Fact]
    public void A_connection_that_comes_while_reading_rests_is_paused_as_well()
    {
        ThrottlingFactory factory = Throttling(read: 1000);
        Connect(factory).Transport.Receive(new byte[3000]);
        Assert.True(Connect(factory).Transport.IsPaused);
    }

    [Fact]
    public void A_push_producer_rests_while_too_much_was_written()
    {
        ThrottlingFactory factory = Throttling(write: 1000);
        var (sink, transport) = Connect(factory);
        var producer = new Recorder();
        sink.Transport.RegisterProducer((IPushProducer)producer);
        sink.Transport.Write(new byte[3000]);
        Assert.Equal("pause", string.Join(' ', producer.Events));
        _clock.Advance(Second * 3);
        Assert.Equal("pause resume", string.Join(' ', producer.Events));
        Assert.Equal(3000, transport.Value().Length);
        transport.Disconnect();
        Assert.Equal("pause resume stop", string.Join(' ', producer.Events));
    }

    [Fact]
    public void A_push_producer_of_a_full_transport_stays_paused_when_the_rate_is_kept_again()
    {
        ThrottlingFactory factory = Throttling(write: 100_000);
        var (sink, transport) = Connect(factory);
        var producer = new Recorder();
        sink.Transport.RegisterProducer((IPushProducer)producer);
        sink.Transport.Write(new byte[200_000]);
        _clock.Advance(Second * 10);
        Assert.Equal("pause", string.Join(' ', producer.Events));
        transport.Clear();
        Assert.Equal("pause resume", string.Join(' ', producer.Events));
    }

    [Fact]
    public void A_pull_producer_is_asked_when_both_can_take_more()
    {
        ThrottlingFactory factory = Throttling(write: 1000);
        var (sink, transport) = Connect(factory);
        var producer = new Recorder();
        sink.Transport.RegisterProducer((IPullProducer)producer);
        Assert.Equal("resume", string.Join(' ', producer.Events));
        sink.Transport.Write(new byte[3000]);
        transport.Clear();
        Assert.Equal("resume", string.Join(' ', producer.Events));
        _clock.Advance(Second * 3);
        Assert.Equal("resume resume", string.Join(' ', producer.Events));
        sink.Transport.UnregisterProducer();
        Assert.Null(transport.Producer);
    }

    [Fact]
    public void A_second_producer_is_refused()
    {
        var (sink, _) = Connect(Throttling(write: 1000));
        var producer = new Recorder();
        sink.Transport.RegisterProducer((IPushProducer)producer);
        Assert.Throws<InvalidOperationException>(() => sink.Transport.RegisterProducer((IPullProducer)new Recorder()));
        sink.Transport.Write(new byte[3000]);
        Assert.Equal("pause", string.Join(' ', producer.Events));
    }

    [Fact]
    public void Connections_that_are_gone_are_not_told()
    {
        ThrottlingFactory factory = Throttling(read: 1000);
        var (_, first) = Connect(factory);
        var (_, second) = Connect(factory);
        first.Disconnect();
        second.Receive(new byte[3000]);
        Assert.False(first.IsPaused);
    }

    private sealed class Recorder : IPushProducer, IPullProducer
    {
        internal List<string> Events { get; } = [];

        public void PauseProducing() => Events.Add("pause");

        public void ResumeProducing() => Events.Add("resume");

        public void StopProducing() => Events.Add("stop");
    }
}
