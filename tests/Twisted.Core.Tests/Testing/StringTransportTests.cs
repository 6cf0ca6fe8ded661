using System.Text;
using Twisted.Testing;

namespace Twisted.Tests.Testing;

public class StringTransportTests
{
    private readonly Recorder _protocol = new();
    private readonly StringTransport _transport;

    public StringTransportTests() => _transport = StringTransport.Connect(_protocol);

    [Fact]
    public void What_is_written_can_be_read_and_forgotten()
    {
        _transport.Write("a"u8);
        _transport.Write("é");
        "b"u8.CopyTo(_transport.GetMemory(1).Span);
        _transport.Advance(1);
        Assert.Equal("aéb", _transport.Text);
        Assert.Equal("aéb"u8.ToArray(), _transport.Value());
        _transport.Clear();
        Assert.Equal("", _transport.Text);
    }

    [Fact]
    public void Text_comes_in_chunks_of_the_wanted_size()
    {
        _transport.Receive("abcde", chunk: 2);
        _transport.Receive("fgh");
        Assert.Equal(["made", "ab", "cd", "e", "fgh"], _protocol.Events);
    }

    [Fact]
    public void Nothing_is_delivered_while_paused_and_all_of_it_on_resume()
    {
        _protocol.OnData = text =>
        {
            if (text == "b")
                _transport.PauseProducing();
        };
        _transport.Receive("abc", chunk: 1);
        Assert.Equal(["made", "a", "b"], _protocol.Events);
        Assert.True(_transport.IsPaused);
        _transport.Receive("d");
        _transport.ResumeProducing();
        Assert.Equal(["made", "a", "b", "c", "d"], _protocol.Events);
    }

    [Fact]
    public void A_resume_inside_the_protocol_delivers_after_it_has_returned()
    {
        int depth = 0;
        _protocol.OnData = _ =>
        {
            Assert.Equal(1, ++depth);
            _transport.PauseProducing();
            _transport.Receive("more");
            _protocol.OnData = null;
            _transport.ResumeProducing();
            depth--;
        };
        _transport.Receive("a");
        Assert.Equal(["made", "a", "more"], _protocol.Events);
    }

    [Fact]
    public void After_LoseConnection_nothing_is_delivered_and_writes_still_go_out()
    {
        _transport.LoseConnection();
        Assert.True(_transport.IsDisconnecting);
        Assert.True(_transport.IsConnected);
        _transport.Receive("late");
        _transport.Write("bye"u8);
        Assert.Equal("bye", _transport.Text);
        _transport.Disconnect();
        _transport.Disconnect();
        _transport.Write("x"u8);
        Assert.Equal("bye", _transport.Text);
        Assert.Equal(["made", "ConnectionDoneException"], _protocol.Events);
    }

    [Fact]
    public void After_AbortConnection_writes_are_dropped_and_the_reason_says_so()
    {
        _transport.AbortConnection();
        _transport.Write("x"u8);
        Assert.True(_transport.IsAborted);
        Assert.True(_transport.IsDisconnecting);
        Assert.Equal("", _transport.Text);
        _transport.Disconnect();
        Assert.Equal("ConnectionAbortedException", _protocol.Events[^1]);
    }

    [Fact]
    public void A_reason_can_be_given_and_the_end_can_come_at_once()
    {
        _transport.Disconnect(new ConnectionLostException());
        Assert.Equal("ConnectionLostException", _protocol.Events[^1]);

        var other = new Recorder();
        StringTransport transport = StringTransport.Connect(other);
        transport.DisconnectsAtOnce = true;
        transport.LoseConnection();
        Assert.Equal(["made", "ConnectionDoneException"], other.Events);
        Assert.False(transport.IsConnected);
    }

    [Fact]
    public void A_push_producer_is_paused_above_64_KiB_and_resumed_when_all_was_read()
    {
        var producer = new Producer();
        _transport.RegisterProducer((IPushProducer)producer);
        _transport.Write(new byte[65536]);
        Assert.Empty(producer.Events);
        _transport.Write(new byte[1]);
        _transport.Write(new byte[1]);
        Assert.Equal(["pause"], producer.Events);
        _transport.Clear();
        Assert.Equal(["pause", "resume"], producer.Events);
        _transport.Clear();
        Assert.Equal(["pause", "resume"], producer.Events);
    }

    [Fact]
    public void A_push_producer_that_comes_too_late_is_paused_at_once()
    {
        _transport.Write(new byte[65537]);
        var producer = new Producer();
        _transport.RegisterProducer((IPushProducer)producer);
        Assert.Equal(["pause"], producer.Events);
    }

    [Fact]
    public void A_pull_producer_is_asked_at_once_and_each_time_all_was_read()
    {
        var producer = new Producer();
        _transport.RegisterProducer((IPullProducer)producer);
        Assert.Equal(["resume"], producer.Events);
        _transport.Clear();
        Assert.Equal(["resume", "resume"], producer.Events);
        _transport.UnregisterProducer();
        _transport.Clear();
        Assert.Equal(["resume", "resume"], producer.Events);
    }

    [Fact]
    public void A_second_producer_is_refused_and_the_end_stops_the_first()
    {
        var producer = new Producer();
        _transport.RegisterProducer((IPushProducer)producer);
        Assert.Throws<InvalidOperationException>(() => _transport.RegisterProducer((IPullProducer)new Producer()));
        Assert.Throws<InvalidOperationException>(() => _transport.RegisterProducer((IPushProducer)new Producer()));
        _transport.Disconnect();
        Assert.Equal(["stop"], producer.Events);

        var late = new Producer();
        _transport.RegisterProducer((IPushProducer)late);
        _transport.RegisterProducer((IPullProducer)late);
        Assert.Equal(["stop", "stop"], late.Events);
    }

    [Fact]
    public void StopProducing_ends_reading_and_the_connection()
    {
        _transport.StopProducing();
        _transport.ResumeProducing();
        _transport.PauseProducing();
        Assert.Equal(ProducerState.Stopped, _transport.ProducerState);
        Assert.True(_transport.IsDisconnecting);
    }

    [Fact]
    public void An_ability_that_it_does_not_have_is_null() => Assert.Null(_transport.Get<ITcpTransport>());

    private sealed class Recorder : Protocol
    {
        internal List<string> Events { get; } = [];

        internal Action<string>? OnData { get; set; }

        protected override void ConnectionMade() => Events.Add("made");

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            string text = Encoding.UTF8.GetString(data);
            Events.Add(text);
            OnData?.Invoke(text);
        }

        protected override void ConnectionLost(Exception reason) => Events.Add(reason.GetType().Name);
    }

    private sealed class Producer : IPushProducer, IPullProducer
    {
        internal List<string> Events { get; } = [];

        public void PauseProducing() => Events.Add("pause");

        public void ResumeProducing() => Events.Add("resume");

        public void StopProducing() => Events.Add("stop");
    }
}
