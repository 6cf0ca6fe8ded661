using System.Net;

namespace Twisted.Application.Tests;

/// <summary>The machine of a client that comes back: each event in each of its states.</summary>
public sealed class ClientServiceTests : IDisposable
{
    private readonly VirtualClock _clock = new();
    private readonly List<Plain> _built = [];
    private readonly HandMade _endpoint = new();
    private readonly ClientService _service;
    private Func<IProtocol, Deferred>? _prepare;

    public ClientServiceTests() => _service = new ClientService(_clock, _endpoint, Factory.For(() =>
    {
        _built.Add(new Plain());
        return _built[^1];
    }), new ClientServiceOptions
    {
        Random = new Longest(),
        PrepareConnection = protocol => _prepare?.Invoke(protocol) ?? Deferred.Succeed(),
    });

    public void Dispose() => Janitor.AssertClean(_clock);

    private void Settle() => _endpoint.Settle();

    private void Stop()
    {
        Deferred stopped = _service.StopService();
        Settle();
        stopped.SuccessResult();
        Assert.Equal(ClientServiceState.Stopped, _service.State);
    }

    [Fact]
    public void It_connects_and_tells_the_users_protocol()
    {
        Deferred<IProtocol> early = _service.WhenConnected();
        _service.StartService().SuccessResult();
        Assert.Equal(ClientServiceState.Connecting, _service.State);
        _endpoint.Accept();
        Assert.Equal(ClientServiceState.Connected, _service.State);
        Assert.Same(_built[0], early.SuccessResult());
        Assert.Same(_built[0], _service.WhenConnected().SuccessResult());
        Assert.Same(_built[0], _service.Protocol);
        Stop();
        Assert.Equal(1, _built[0].Lost);
        Assert.Null(_service.Protocol);
    }

    [Fact]
    public void The_waits_are_those_of_Twisted_times_chance()
    {
        _service.StartService().SuccessResult();
        double[] waits = [2.25, 3.375, 5.0625, 7.59375, 11.390625, 17.0859375, 25.62890625, 38.443359375,
            57.6650390625, 60, 60];
        foreach (double wait in waits)
        {
            _endpoint.Refuse();
            Assert.Equal(ClientServiceState.Waiting, _service.State);
            _clock.Advance(TimeSpan.FromSeconds(wait - 0.001));
            Assert.Equal(ClientServiceState.Waiting, _service.State);
            _clock.Advance(TimeSpan.FromSeconds(0.002));
            Assert.Equal(ClientServiceState.Connecting, _service.State);
        }
        Assert.Equal(waits.Length, _service.FailedAttempts);
        Stop();
    }

    [Fact]
    public void A_lost_connection_is_made_again_after_the_first_wait()
    {
        _service.StartService().SuccessResult();
        _endpoint.Refuse();
        _clock.Advance(TimeSpan.FromSeconds(3));
        _endpoint.Accept().Disconnect(new ConnectionLostException());
        Assert.Equal(ClientServiceState.Waiting, _service.State);
        Assert.Equal(0, _service.FailedAttempts);
        Deferred<IProtocol> next = _service.WhenConnected();
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        _endpoint.Accept();
        Assert.Same(_built[1], next.SuccessResult());
        Stop();
    }

    [Fact]
    public void Waiters_fail_after_as_many_failures_as_they_said_and_when_it_is_stopped()
    {
        Deferred<IProtocol> patient = _service.WhenConnected();
        Deferred<IProtocol> twice = _service.WhenConnected(2);
        _service.StartService().SuccessResult();
        _endpoint.Refuse();
        twice.AssertNoResult();
        _clock.Advance(TimeSpan.FromSeconds(3));
        _endpoint.Refuse();
        twice.FailureResult<ConnectionRefusedException>();
        patient.AssertNoResult();
        Stop();
        patient.FailureResult<OperationCanceledException>();
        _service.WhenConnected().FailureResult<OperationCanceledException>();
        Assert.Throws<ArgumentOutOfRangeException>(() => { _service.WhenConnected(0); });
    }

    [Fact]
    public void A_waiter_that_is_cancelled_is_forgotten()
    {
        Deferred<IProtocol> waiting = _service.WhenConnected();
        waiting.Cancel();
        waiting.FailureResult<OperationCanceledException>();
        _service.StartService().SuccessResult();
        _endpoint.Accept();
        Stop();
    }

    [Fact]
    public void A_stop_while_it_connects_gives_the_attempt_up()
    {
        _service.StartService().SuccessResult();
        Stop();
        Assert.True(_endpoint.IsGivenUp);
        Assert.Empty(_built);
    }

    [Fact]
    public void A_stop_while_it_waits_ends_the_wait()
    {
        _service.StartService().SuccessResult();
        _endpoint.Refuse();
        Stop();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, _endpoint.Attempts);
    }

    [Fact]
    public void A_start_before_the_connection_has_ended_connects_again()
    {
        _service.StartService().SuccessResult();
        _endpoint.Accept();
        Deferred stopped = _service.StopService();
        Assert.Equal(ClientServiceState.Disconnecting, _service.State);
        _service.StartService().SuccessResult();
        Assert.Equal(ClientServiceState.Restarting, _service.State);
        stopped.AssertNoResult();
        Settle();
        stopped.SuccessResult();
        Assert.Equal(ClientServiceState.Connecting, _service.State);
        _endpoint.Accept();
        Assert.Equal(ClientServiceState.Connected, _service.State);
        Stop();
    }

    [Fact]
    public void Stops_and_starts_amid_the_end_are_heard_in_turn()
    {
        _service.StartService().SuccessResult();
        _endpoint.Accept();
        Deferred first = _service.StopService();
        _service.StartService().SuccessResult();
        Deferred second = _service.StopService();
        Settle();
        first.SuccessResult();
        second.SuccessResult();
        Assert.Equal(ClientServiceState.Stopped, _service.State);
        _service.StartService().SuccessResult();
        _endpoint.Accept();
        Stop();
    }

    [Fact]
    public void Starts_that_come_twice_change_nothing()
    {
        _service.StartService().SuccessResult();
        _service.StartService().SuccessResult();
        Assert.Equal(1, _endpoint.Attempts);
        _endpoint.Accept();
        _service.StartService().SuccessResult();
        Assert.Equal(1, _endpoint.Attempts);
        Stop();
        Stop();
    }

    [Fact]
    public void A_connection_is_told_when_it_is_prepared_and_not_before()
    {
        var ready = new Deferred();
        _prepare = _ => ready;
        Deferred<IProtocol> connected = _service.WhenConnected();
        _service.StartService().SuccessResult();
        _endpoint.Accept();
        connected.AssertNoResult();
        Assert.Equal(ClientServiceState.Connecting, _service.State);
        ready.Callback();
        connected.SuccessResult();
        Stop();
    }

    [Fact]
    public void A_connection_that_cannot_be_prepared_is_closed_and_the_next_is_tried()
    {
        _prepare = _ => Deferred.Fail(new UnauthorizedAccessException("wrong password"));
        Deferred<IProtocol> connected = _service.WhenConnected(1);
        _service.StartService().SuccessResult();
        StringTransport peer = _endpoint.Accept();
        Settle();
        Assert.False(peer.IsConnected);
        Assert.Equal("wrong password", connected.FailureResult<UnauthorizedAccessException>().Message);
        Assert.Equal(ClientServiceState.Waiting, _service.State);
        _prepare = null;
        _clock.Advance(TimeSpan.FromSeconds(3));
        _endpoint.Accept();
        Assert.Equal(ClientServiceState.Connected, _service.State);
        Stop();
    }

    [Fact]
    public void A_connection_that_is_lost_while_it_is_prepared_counts_as_a_failed_attempt()
    {
        bool cancelled = false;
        _prepare = _ => new Deferred(_ => cancelled = true);
        _service.StartService().SuccessResult();
        _endpoint.Accept().Disconnect(new ConnectionLostException());
        Assert.True(cancelled);
        Assert.Equal(ClientServiceState.Waiting, _service.State);
        Assert.Equal(1, _service.FailedAttempts);
        Stop();
    }

    [Fact]
    public void A_stop_while_it_is_prepared_closes_it()
    {
        _prepare = _ => new Deferred();
        _service.StartService().SuccessResult();
        StringTransport peer = _endpoint.Accept();
        Stop();
        Assert.False(peer.IsConnected);
    }

    [Fact]
    public void A_factory_that_reconnects_by_itself_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ClientService(_clock, _endpoint, new Reconnecting(_clock)));

    [Fact]
    public void Only_so_many_of_them_connect_at_a_time()
    {
        var gate = new DeferredSemaphore(2);
        HandMade[] endpoints = [.. Enumerable.Range(0, 5).Select(_ => new HandMade())];
        ClientService[] services =
        [
            .. endpoints.Select(endpoint => new ClientService(_clock, endpoint, Factory.For(() => new Plain()),
                new ClientServiceOptions { Connecting = gate })),
        ];
        foreach (ClientService service in services)
            service.StartService().SuccessResult();
        Assert.Equal(2, endpoints.Sum(endpoint => endpoint.Attempts));
        endpoints[0].Accept();
        Assert.Equal(3, endpoints.Sum(endpoint => endpoint.Attempts));
        foreach (ClientService service in services)
            service.StopService().Forget();
        endpoints[0].Settle();
        Assert.Equal(0, gate.Waiting);
        Assert.All(services, service => Assert.Equal(ClientServiceState.Stopped, service.State));
    }

    private sealed class Plain : Protocol
    {
        internal int Lost { get; private set; }

        protected override void ConnectionLost(Exception reason) => Lost++;
    }

    private sealed class Reconnecting(IReactorTime reactor) : ReconnectingClientFactory(reactor)
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new Plain();
    }

    /// <summary>Chance at its longest, so that waits can be told.</summary>
    private sealed class Longest : Random
    {
        public override double NextDouble() => 1;
    }

    /// <summary>An endpoint whose attempts the test decides.</summary>
    private sealed class HandMade : IStreamClientEndpoint
    {
        private readonly List<StringTransport> _open = [];
        private Deferred<IProtocol>? _attempt;
        private IProtocolFactory? _factory;

        internal int Attempts { get; private set; }

        internal bool IsGivenUp { get; private set; }

        public Deferred<IProtocol> Connect(IProtocolFactory factory)
        {
            Attempts++;
            _factory = factory;
            return _attempt = new Deferred<IProtocol>(_ => IsGivenUp = true);
        }

        internal void Refuse() => _attempt!.Errback(new ConnectionRefusedException());

        internal StringTransport Accept()
        {
            IProtocol protocol = _factory!.BuildProtocol(new IPEndPoint(IPAddress.Loopback, 7))!;
            _open.Add(StringTransport.Connect(protocol));
            _attempt!.Callback(protocol);
            return _open[^1];
        }

        /// <summary>Ends the connections that are to end, as the next iteration of a reactor would.</summary>
        internal void Settle()
        {
            foreach (StringTransport one in _open.Where(one => one.IsConnected && one.IsDisconnecting).ToArray())
                one.Disconnect();
        }
    }
}
