namespace Twisted.Conformance;

/// <summary>The ends of a stream: twice, in the wrong order, from both sides, and what comes too late.</summary>
public abstract class ClosingContract : ReactorContract
{
    [Fact]
    public void Abort_may_be_repeated_and_followed_by_LoseConnection() => Run(async reactor =>
    {
        foreach (bool isServer in (bool[])[false, true])
        {
            Pair pair = await Connect(reactor, new Probe(), new Probe());
            (Probe own, Probe other) = isServer ? (pair.Server, pair.Client) : (pair.Client, pair.Server);
            own.Transport.AbortConnection();
            own.Transport.AbortConnection();
            own.Transport.LoseConnection();
            Assert.IsType<ConnectionAbortedException>(await own.Lost);
            AssertAborted(await other.Lost);
            Assert.Equal((1, 1), (own.LostCount, other.LostCount));
        }
    });

    [Fact]
    public void An_exception_after_an_abort_is_the_reason_of_the_one_end() => Run(async reactor =>
    {
        var server = new Probe
        {
            OnData = probe =>
            {
                probe.Transport.AbortConnection();
                Assert.Equal(0, probe.LostCount);
                throw new InvalidDataException("after the abort");
            },
        };
        Pair pair = await Connect(reactor, server, new Probe());
        pair.Client.Transport.Write("go"u8);
        Assert.IsType<InvalidDataException>(await server.Lost);
        Assert.IsAssignableFrom<ConnectionClosedException>(await pair.Client.Lost);
        await Until(reactor, () => Reported.Count > 0);
        Assert.Equal((1, 1), (server.LostCount, pair.Client.LostCount));
        Assert.Equal("after the abort", Assert.Single(Reported).Exception.Message);
    });

    [Fact]
    public void A_connection_that_is_gone_takes_all_calls_and_does_nothing() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        pair.Client.Transport.LoseConnection();
        await pair.Client.Lost;
        await pair.Server.Lost;
        foreach (ITransport transport in (ITransport[])[pair.Client.Transport, pair.Server.Transport])
        {
            transport.Write("late"u8);
            transport.GetSpan(4);
            transport.Advance(4);
            transport.PauseProducing();
            transport.ResumeProducing();
            transport.UnregisterProducer();
            transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
            transport.LoseConnection();
            transport.AbortConnection();
        }
        await Wait(reactor, 0.01);
        Assert.Equal((1, 1), (pair.Client.LostCount, pair.Server.LostCount));
        Assert.Empty(pair.Client.Received);
        Assert.Empty(pair.Server.Received);
        Assert.Empty(Reported);
    });

    [Fact]
    public void Resuming_while_it_closes_reads_nothing_any_more() => Run(async reactor =>
    {
        var server = new Probe { OnMade = probe => probe.Transport.PauseProducing() };
        Pair pair = await Connect(reactor, server, new Probe());
        pair.Client.Transport.Write(new byte[8 * 1024 * 1024]);
        pair.Client.Transport.PauseProducing();
        pair.Client.Transport.LoseConnection();
        pair.Client.Transport.ResumeProducing();
        server.Transport.Write("too late"u8);
        await Wait(reactor, 0.05);
        Assert.True(pair.Client.Transport.IsDisconnecting);
        server.Transport.ResumeProducing();
        await pair.Client.Lost;
        Assert.Empty(pair.Client.Received);
    });

    [Fact]
    public void Pausing_and_resuming_again_and_again_leaves_it_as_the_last_call_says() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        ITransport transport = pair.Server.Transport;
        transport.ResumeProducing();
        transport.PauseProducing();
        transport.PauseProducing();
        transport.ResumeProducing();
        transport.PauseProducing();
        pair.Client.Transport.Write("hello"u8);
        await Wait(reactor, 0.03);
        Assert.Empty(pair.Server.Received);
        transport.ResumeProducing();
        transport.ResumeProducing();
        while (pair.Server.Received.Count < 5)
            await Wait(reactor, 0.005);
        pair.Client.Transport.LoseConnection();
        await pair.Server.Lost;
    });

    [Fact]
    public void Both_sides_may_half_close_and_then_close() => Run(async reactor =>
    {
        var server = new HalfClosingProbe();
        var client = new HalfClosingProbe();
        await Connect(reactor, server, client);
        client.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        await server.ReadLost;
        server.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        await server.WriteLost;
        server.Transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await server.Lost);
        await client.ReadLost;
        client.Transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await client.Lost);
    });

    [Fact]
    public void Who_knows_no_half_close_ends_with_that_of_the_peer() => Run(async reactor =>
    {
        var client = new HalfClosingProbe();
        Pair pair = await Connect(reactor, new Probe(), client);
        client.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        Assert.IsType<ConnectionDoneException>(await pair.Server.Lost);
        client.Transport.AbortConnection();
    });

    [Fact]
    public void A_producer_that_fills_the_buffer_again_when_resumed_is_paused_again() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        var producer = new Greedy(pair.Client.Transport);
        pair.Client.Transport.RegisterProducer(producer);
        pair.Client.Transport.Write(new byte[100_000]);
        while (producer.Events.Count < 7)
            await Wait(reactor, 0.005);
        Assert.Equal(["pause", "resume", "pause", "resume", "pause", "resume", "done"], producer.Events);
        pair.Client.Transport.LoseConnection();
        await pair.Server.Lost;
        Assert.Equal(300_000, pair.Server.Received.Count);
    });

    private sealed class Greedy(ITransport transport) : IPushProducer
    {
        private int _left = 2;

        internal List<string> Events { get; } = [];

        public void PauseProducing() => Events.Add("pause");

        public void ResumeProducing()
        {
            Events.Add("resume");
            if (_left-- > 0)
                transport.Write(new byte[100_000]);
            else
            {
                transport.UnregisterProducer();
                Events.Add("done");
            }
        }

        public void StopProducing() => Events.Add("stop");
    }

    [Fact]
    public void LoseConnection_waits_for_a_paused_producer_until_it_is_taken_away() => Run(async reactor =>
    {
        var server = new Probe { OnMade = probe => probe.Transport.PauseProducing() };
        Pair pair = await Connect(reactor, server, new Probe());
        ITransport transport = pair.Client.Transport;
        var producer = new Once(transport);
        transport.RegisterProducer(producer);
        transport.Write(new byte[8 * 1024 * 1024]);
        transport.LoseConnection();
        server.Transport.ResumeProducing();
        Assert.IsType<ConnectionDoneException>(await pair.Client.Lost);
        await server.Lost;
        Assert.Equal(8 * 1024 * 1024 + 4, server.Received.Count);
        transport.UnregisterProducer(); // too late to matter
    });

    private sealed class Once(ITransport transport) : IPushProducer
    {
        public void PauseProducing() { }

        public void ResumeProducing()
        {
            transport.Write("last"u8);
            transport.UnregisterProducer();
        }

        public void StopProducing() { }
    }

    [Fact]
    public void A_failure_to_connect_may_stop_the_reactor()
    {
        IReactor reactor = Create();
        reactor.CallWhenRunning(async () =>
        {
            IListeningPort port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1");
            await port.StopListening();
            reactor.ConnectTcp("127.0.0.1", port.Host.Port,
                new ProbeClientFactory { OnFailed = (_, _) => reactor.Stop() });
        });
        IDelayedCall limit = reactor.CallLater(TimeSpan.FromSeconds(20), reactor.Crash);
        reactor.Run();
        Assert.True(limit.Cancel(), "The reactor was not stopped.");
    }

    [Fact]
    public void The_protocol_hears_of_its_end_before_its_factory() => Run(async reactor =>
    {
        var order = new List<string>();
        var ended = new Deferred();
        var client = new Probe { OnLost = _ => order.Add("protocol") };
        var factory = new ProbeClientFactory(client)
        {
            OnLost = (_, _) =>
            {
                order.Add("factory");
                ended.Callback();
            },
        };
        IListeningPort port = Listen(reactor, Factory.For(() => new Probe()));
        Dial(reactor, port.Host, factory);
        await client.Made;
        client.Transport.LoseConnection();
        await ended;
        Assert.Equal(["protocol", "factory"], order);
    });
}
