namespace Twisted.Tests;

/// <summary>A listening port, accept by accept.</summary>
public class ListeningPortTests : EngineTest
{
    private readonly ScriptedListener _listener = new();
    private readonly ScriptedFactory _factory = new();

    private ListeningPort Listen()
    {
        var port = new ListeningPort(Loop, () => _listener, _factory);
        port.StartListening();
        return port;
    }

    /// <summary>How many clients one go takes, of so many that wait.</summary>
    private (int Taken, int Accepts) Go(int waiting)
    {
        _listener.Clients.Clear();
        _listener.Add(waiting);
        _listener.Accepts = 0;
        _listener.Acceptable!();
        return (waiting - _listener.Clients.Count, _listener.Accepts);
    }

    [Fact]
    public void One_go_takes_a_hundred_at_the_most()
    {
        Listen();
        Assert.Equal((100, 100), Go(250));
        Assert.Equal((100, 100), Go(250));
    }

    [Fact]
    public void A_quiet_port_does_not_ask_once_more_and_a_busy_one_asks_for_more_each_time()
    {
        Listen();
        Assert.Equal((3, 4), Go(3));
        Assert.Equal((3, 3), Go(3));
        Assert.Equal((23, 23), Go(250));
        Assert.Equal((43, 43), Go(250));
        Assert.Equal((63, 63), Go(250));
        Assert.Equal((83, 83), Go(250));
        Assert.Equal((100, 100), Go(250));
        Assert.Equal((0, 1), Go(0));
        Assert.Equal((1, 1), Go(1));
    }

    [Fact]
    public void A_client_that_has_gone_is_passed_over()
    {
        Listen();
        _listener.Clients.Enqueue((AcceptResult.Gone, null));
        _listener.Add(1);
        _listener.Acceptable!();
        Assert.Equal(3, _listener.Accepts);
        Assert.Single(_factory.Built);
    }

    [Fact]
    public void What_a_protocol_writes_at_once_goes_out_before_the_next_client_is_taken()
    {
        var sent = new List<string>();
        var clients = new List<ScriptedSocket>();
        _factory.OnMade = made =>
        {
            sent.AddRange(clients.SelectMany(client => client.Sent));
            made.Line.Write("hello"u8);
        };
        Listen();
        _listener.Add(2);
        clients.AddRange(_listener.Clients.Select(client => client.Socket!));
        _listener.Acceptable!();
        Assert.Equal(["hello"], sent);
    }

    [Fact]
    public void Without_descriptors_clients_are_turned_away_while_there_is_a_reserve()
    {
        _listener.HasReserve = true;
        Listen();
        _listener.Clients.Enqueue((AcceptResult.Exhausted, null));
        _listener.Clients.Enqueue((AcceptResult.Exhausted, null));
        _listener.Add(1);
        _listener.Acceptable!();
        Assert.Equal(2, _listener.Refused);
        Assert.Single(_factory.Built);
        Assert.NotNull(_listener.Acceptable);
        Assert.Contains("Out of descriptors: 1 clients of 127.0.0.1:1000 were turned away. Raise the limit (ulimit -n) "
            + "or accept fewer.", Lines);
        Assert.Single(Lines, line => line.StartsWith("Out of", StringComparison.Ordinal));
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public void Without_a_reserve_a_port_rests_longer_each_time_and_for_a_second_at_the_most()
    {
        Listen();
        foreach (int rest in (int[])[10, 20, 40, 80, 160, 320, 640, 1000, 1000])
        {
            _listener.Clients.Enqueue((AcceptResult.Exhausted, null));
            _listener.Add(1);
            _listener.Accepts = 0;
            _listener.Acceptable!();
            Assert.Equal(1, _listener.Accepts);
            Assert.Null(_listener.Acceptable);
            Assert.Equal(TimeSpan.FromMilliseconds(rest), Assert.Single(Loop.DelayedCalls).Time - Loop.Now);
            Assert.Equal("Out of descriptors and no reserve: 127.0.0.1:1000 rests for "
                + $"{TimeSpan.FromMilliseconds(rest)}. Raise the limit (ulimit -n).", Lines.Last());
            _listener.Clients.Clear();
            Pass(rest / 1000.0);
            Assert.NotNull(_listener.Acceptable);
        }
        _listener.Add(1);
        _listener.Clients.Enqueue((AcceptResult.Exhausted, null));
        _listener.Acceptable!(); // takes one: the next rest is a short one
        _listener.Acceptable?.Invoke();
        Assert.Equal(TimeSpan.FromMilliseconds(10), Assert.Single(Loop.DelayedCalls).Time - Loop.Now);
    }

    [Fact]
    public void A_port_that_cannot_be_watched_after_its_rest_rests_once_more()
    {
        Listen();
        _listener.Clients.Enqueue((AcceptResult.Exhausted, null));
        _listener.Acceptable!();
        _listener.IsUnwatchable = true;
        Pass(0.01);
        Assert.Null(_listener.Acceptable);
        _listener.IsUnwatchable = false;
        Pass(0.02);
        Assert.NotNull(_listener.Acceptable);
    }

    [Fact]
    public void A_port_that_rests_can_be_closed()
    {
        ListeningPort port = Listen();
        _listener.Clients.Enqueue((AcceptResult.Exhausted, null));
        _listener.Acceptable!();
        port.CloseNow();
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public void Connections_are_counted_while_they_are_up()
    {
        Listen();
        _listener.Add(2);
        _listener.Acceptable!();
        Assert.Equal((2, 2), (Loop.Accepted.Made, Loop.Accepted.Open));
        _factory.Built[0].Line.AbortConnection();
        Step();
        Assert.Equal((2, 1), (Loop.Accepted.Made, Loop.Accepted.Open));
        Assert.Equal(0, Loop.Connected.Made);
    }

    [Fact]
    public void A_client_that_the_factory_does_not_want_is_closed()
    {
        _factory.Wanted = false;
        Listen();
        var socket = new ScriptedSocket();
        _listener.Clients.Enqueue((AcceptResult.Accepted, socket));
        _listener.Acceptable!();
        Assert.Equal((1, false), (socket.Closes, socket.WasAborted));
        Assert.Equal(0, Loop.Accepted.Made);
    }

    [Fact]
    public void A_factory_that_throws_is_reported_and_the_next_client_served()
    {
        _factory.Failures = 1;
        Listen();
        var socket = new ScriptedSocket();
        _listener.Clients.Enqueue((AcceptResult.Accepted, socket));
        _listener.Add(1);
        _listener.Acceptable!();
        Assert.Equal(1, socket.Closes);
        Assert.Single(_factory.Built);
        Assert.Contains("Unhandled error in BuildProtocol", Lines);
    }

    [Fact]
    public void A_port_tells_when_it_opens_and_closes()
    {
        ListeningPort port = Listen();
        Assert.Equal($"{_factory} starting on 127.0.0.1:1000", Lines.Last());
        port.CloseNow();
        Assert.Equal("(TCP Port 127.0.0.1:1000 Closed)", Lines.Last());
        Assert.Null(_listener.Acceptable);
        Assert.True(_listener.IsClosed);
        port.CloseNow();
        Assert.Equal(1, _factory.Stopped);
        Assert.Empty(Loop.Ports);
    }

    [Fact]
    public void Stopping_twice_gives_the_same_Deferred_until_it_has_stopped()
    {
        ListeningPort port = Listen();
        Deferred first = port.StopListening();
        Assert.Same(first, port.StopListening());
        Assert.Equal(0, _factory.Stopped);
        Step();
        Assert.True(first.IsFired);
        Assert.True(port.StopListening().IsFired);
        Assert.Equal(1, _factory.Stopped);
    }

    [Fact]
    public void A_port_that_listens_cannot_start_and_one_that_never_did_has_no_host()
    {
        Assert.Equal("This port has never listened.",
            Assert.Throws<InvalidOperationException>(() => new ListeningPort(Loop, () => _listener, _factory).Host)
                .Message);
        ListeningPort port = Listen();
        Assert.Equal("The port 127.0.0.1:1000 is listening already.",
            Assert.Throws<InvalidOperationException>(port.StartListening).Message);
        port.CloseNow();
        port.StartListening();
        Assert.Equal(ScriptedDriver.Here, port.Host);
    }

    [Fact]
    public void A_factory_that_cannot_start_leaves_no_port_open()
    {
        _factory.CannotStart = true;
        Assert.Throws<NotSupportedException>(Listen);
        Assert.True(_listener.IsClosed);
        Assert.Empty(Loop.Ports);
    }

    [Fact]
    public void A_port_that_cannot_be_watched_is_not_opened()
    {
        _listener.IsUnwatchable = true;
        Assert.Equal("Couldn't listen on 127.0.0.1:1000: No space left on device",
            Assert.Throws<CannotListenException>(Listen).Message);
        Assert.True(_listener.IsClosed);
    }

    [Fact]
    public void Disposal_on_the_reactor_thread_closes_at_once()
    {
        ListeningPort port = Listen();
        ValueTask closed = port.DisposeAsync();
        Assert.True(_listener.IsClosed);
        Step();
        Assert.True(closed.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Disposal_on_another_thread_closes_on_the_reactors()
    {
        ListeningPort port = Listen();
        Loop.Leave();
        Task closed = port.DisposeAsync().AsTask();
        Assert.False(_listener.IsClosed);
        Loop.Enter();
        Step();
        Step();
        Loop.Leave();
        Assert.True(_listener.IsClosed);
        await closed;
    }

    [Fact]
    public void Disposal_when_nothing_runs_closes_at_once()
    {
        ListeningPort port = Listen();
        Loop.Crash();
        Loop.Leave();
        ValueTask closed = port.DisposeAsync();
        Assert.True(_listener.IsClosed);
        Assert.False(closed.IsCompleted); // its factory hears of it in an iteration, of which there is none
    }
}
