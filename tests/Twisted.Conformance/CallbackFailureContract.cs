using System.Net;

namespace Twisted.Conformance;

/// <summary>User code that throws in each callback: reported once with its stack, and nothing else suffers.</summary>
public abstract class CallbackFailureContract : ReactorContract
{
    /// <summary>Fails: where is the message, and this method is in the stack.</summary>
    private static void Boom(string where) => throw new InvalidDataException(where);

    private static void BoomIn(string callback, string where)
    {
        if (callback == where)
            Boom(where);
    }

    /// <summary>Runs the fault on a reactor that also serves a bystander, who must notice nothing.</summary>
    private void Survives(string source, Func<IReactor, Deferred> fault)
    {
        Run(async reactor =>
        {
            var echo = new Probe { OnData = probe => Echo(probe) };
            Pair bystander = await Connect(reactor, echo, new Probe());
            await fault(reactor);
            while (Reported.Count == 0)
                await Wait(reactor, 0.005);
            bystander.Client.Transport.Write("still here"u8);
            while (bystander.Client.Received.Count < 10)
                await Wait(reactor, 0.005);
            Assert.Equal((0, 0), (bystander.Client.LostCount, bystander.Server.LostCount));
            bystander.Client.Transport.LoseConnection();
            await bystander.Server.Lost;
        });
        UnhandledFailure failure = Assert.Single(Reported);
        Assert.Equal(source, failure.Source);
        Assert.Equal(source, Assert.IsType<InvalidDataException>(failure.Exception).Message);
        Assert.Contains(nameof(Boom), failure.Exception.StackTrace!, StringComparison.Ordinal);
    }

    private static void Echo(Probe probe)
    {
        probe.Transport.Write(probe.Received.ToArray());
        probe.Received.Clear();
    }

    [Fact]
    public void BuildProtocol_of_a_server() => Survives("BuildProtocol", async reactor =>
    {
        bool failed = false;
        IListeningPort port = reactor.ListenTcp(0, Factory.For(() =>
        {
            if (!failed)
            {
                failed = true;
                Boom("BuildProtocol");
            }
            return new Probe();
        }), "127.0.0.1");
        var first = new Probe();
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, new ProbeClientFactory(first));
        await first.Lost;
        var second = new Probe();
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, new ProbeClientFactory(second));
        await second.Made;
        await Wait(reactor, 0.01);
        Assert.Equal(0, second.LostCount);
        second.Transport.LoseConnection();
        await second.Lost;
    });

    [Fact]
    public void BuildProtocol_of_a_client() => Survives("BuildProtocol", async reactor =>
    {
        var server = new Probe();
        var factory = new FailingClientFactory("BuildProtocol");
        IListeningPort port = reactor.ListenTcp(0, () => server, "127.0.0.1");
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, factory);
        await server.Lost;
        Assert.IsType<InvalidDataException>(await factory.Ended);
    });

    [Fact]
    public void ConnectionMade() => Survives("MakeConnection", async reactor =>
    {
        Probe server = new() { OnMade = _ => Boom("MakeConnection") };
        IListeningPort port = reactor.ListenTcp(0, () => server, "127.0.0.1");
        var client = new Probe();
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, new ProbeClientFactory(client));
        Assert.IsType<ConnectionDoneException>(await client.Lost);
        await server.Lost;
        Assert.Equal((1, 1), (server.MadeCount, server.LostCount));
    });

    [Fact]
    public void DataReceived_and_the_exception_is_the_reason() => Survives("DataReceived", async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe { OnData = _ => Boom("DataReceived") }, new Probe());
        pair.Client.Transport.Write("x"u8);
        Assert.IsType<InvalidDataException>(await pair.Server.Lost);
        Assert.IsType<ConnectionDoneException>(await pair.Client.Lost);
    });

    [Fact]
    public void ConnectionLost() => Survives("ConnectionLost", async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe { OnLost = _ => Boom("ConnectionLost") }, new Probe());
        pair.Client.Transport.LoseConnection();
        await pair.Client.Lost;
        while (pair.Server.LostCount == 0)
            await Wait(reactor, 0.005);
    });

    [Fact]
    public void ReadConnectionLost() => Survives("ReadConnectionLost", async reactor =>
    {
        var server = new FailingHalfCloser("ReadConnectionLost");
        Pair pair = await Connect(reactor, server, new Probe());
        pair.Client.Transport.LoseConnection();
        Assert.IsType<InvalidDataException>(await server.Lost);
    });

    [Fact]
    public void WriteConnectionLost() => Survives("WriteConnectionLost", async reactor =>
    {
        var server = new FailingHalfCloser("WriteConnectionLost");
        Pair pair = await Connect(reactor, server, new Probe());
        server.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        Assert.IsType<InvalidDataException>(await server.Lost);
        await pair.Client.Lost;
    });

    [Theory]
    [InlineData("PauseProducing")]
    [InlineData("ResumeProducing")]
    [InlineData("StopProducing")]
    public void A_push_producer(string where) => Survives(where, async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        pair.Client.Transport.RegisterProducer(new FailingProducer(where));
        pair.Client.Transport.Write(new byte[100_000]);
        while (pair.Server.Received.Count < 100_000)
            await Wait(reactor, 0.005);
        pair.Client.Transport.AbortConnection();
        await pair.Client.Lost;
        await pair.Server.Lost;
    });

    [Fact]
    public void A_pull_producer() => Survives("ResumeProducing", async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        pair.Client.Transport.RegisterProducer(new FailingPuller(pair.Client.Transport));
        await pair.Server.Lost;
        Assert.Equal(1, pair.Server.Received.Count);
    });

    [Fact]
    public void StartFactory_of_a_port_reaches_the_caller_who_has_no_port() => Survives("StartFactory", async reactor =>
    {
        IListeningPort probing = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1");
        int number = probing.Host.Port;
        await probing.StopListening();
        try
        {
            reactor.ListenTcp(number, new FailingFactory("StartFactory"), "127.0.0.1");
        }
        catch (InvalidDataException failure)
        {
            Reported.Add(new UnhandledFailure(failure, "StartFactory"));
        }
        await reactor.ListenTcp(number, () => new Probe(), "127.0.0.1").StopListening();
    });

    [Fact]
    public void StartFactory_of_a_connector_reaches_the_caller() => Survives("StartFactory", reactor =>
    {
        try
        {
            reactor.ConnectTcp("127.0.0.1", 1, new FailingClientFactory("StartFactory"));
        }
        catch (InvalidDataException failure)
        {
            Reported.Add(new UnhandledFailure(failure, "StartFactory"));
        }
        Assert.Single(reactor.DelayedCalls); // the test's own limit: no timeout of an attempt that never was
        return Deferred.Succeed();
    });

    [Fact]
    public void StopFactory_and_the_port_still_closes() => Survives("StopFactory", async reactor =>
    {
        IListeningPort port = reactor.ListenTcp(0, new FailingFactory("StopFactory"), "127.0.0.1");
        await port.StopListening();
        await reactor.ListenTcp(port.Host.Port, () => new Probe(), "127.0.0.1").StopListening();
    });

    [Theory]
    [InlineData("StartedConnecting")]
    [InlineData("ClientConnectionLost")]
    [InlineData("StopFactory")]
    public void A_client_factory(string where) => Survives(where, async reactor =>
    {
        var server = new Probe();
        var factory = new FailingClientFactory(where);
        IListeningPort port = reactor.ListenTcp(0, () => server, "127.0.0.1");
        IConnector connector = reactor.ConnectTcp("127.0.0.1", port.Host.Port, factory);
        await server.Made;
        server.Transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await factory.Ended);
        Assert.Equal(ConnectorState.Disconnected, connector.State);
        await Until(reactor, () => factory.NumPorts == 0);
    });

    [Fact]
    public void ClientConnectionFailed() => Survives("ClientConnectionFailed", async reactor =>
    {
        var factory = new FailingClientFactory("ClientConnectionFailed");
        IListeningPort port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1");
        await port.StopListening();
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, factory);
        Assert.IsType<ConnectionRefusedException>(await factory.Ended);
        await Until(reactor, () => factory.NumPorts == 0);
    });

    [Fact]
    public void CallLater() => Survives("timer", reactor =>
    {
        reactor.CallLater(TimeSpan.Zero, Boom, "timer");
        return Deferred.Succeed();
    });

    [Fact]
    public void CallFromThread() => Survives("call from thread", reactor =>
    {
        reactor.CallFromThread(() => Boom("call from thread"));
        return Deferred.Succeed();
    });

    [Fact]
    public void CallInThread() => Survives("call in thread", reactor =>
    {
        reactor.CallInThread(() => Boom("call in thread"));
        return Deferred.Succeed();
    });

    [Fact]
    public void A_listener_of_UnhandledFailure_stops_nothing()
    {
        int heard = 0;
        Run(async reactor =>
        {
            reactor.UnhandledFailure += _ =>
            {
                heard++;
                Boom("listener");
            };
            reactor.CallFromThread(() => Boom("first"));
            reactor.CallFromThread(() => Boom("second"));
            while (heard < 2)
                await Wait(reactor, 0.005);
        });
        Assert.Equal(["first", "second"], Reported.Select(failure => failure.Exception.Message));
    }

    [Fact]
    public void A_callback_of_a_Deferred_ends_the_chain_and_not_the_loop() => Run(async reactor =>
    {
        InvalidDataException? seen = null;
        Deferred later = reactor.DeferLater(TimeSpan.FromMilliseconds(1)).AddCallback(() => Boom("callback"));
        try
        {
            await later;
        }
        catch (InvalidDataException failure)
        {
            seen = failure;
        }
        Assert.Contains(nameof(Boom), seen!.StackTrace!, StringComparison.Ordinal);
        await Wait(reactor, 0.005);
        Assert.Empty(Reported);
    });

    private sealed class FailingHalfCloser(string where) : Probe, IHalfCloseableProtocol
    {
        public void ReadConnectionLost() => BoomIn(nameof(ReadConnectionLost), where);

        public void WriteConnectionLost() => BoomIn(nameof(WriteConnectionLost), where);
    }

    private sealed class FailingProducer(string where) : IPushProducer
    {
        public void PauseProducing() => BoomIn(nameof(PauseProducing), where);

        public void ResumeProducing() => BoomIn(nameof(ResumeProducing), where);

        public void StopProducing() => BoomIn(nameof(StopProducing), where);
    }

    private sealed class FailingPuller(ITransport transport) : IPullProducer
    {
        private int _asked;

        public void ResumeProducing()
        {
            if (_asked++ == 0)
            {
                transport.Write("x"u8);
                return;
            }
            transport.UnregisterProducer();
            transport.LoseConnection();
            Boom("ResumeProducing");
        }

        public void StopProducing() { }
    }

    private sealed class FailingFactory(string where) : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new Probe();

        protected override void StartFactory() => BoomIn(nameof(StartFactory), where);

        protected override void StopFactory() => BoomIn(nameof(StopFactory), where);
    }

    private sealed class FailingClientFactory(string where) : ClientFactory
    {
        /// <summary>Why the connection, or the attempt, ended.</summary>
        public Deferred<Exception> Ended { get; } = new();

        public override IProtocol BuildProtocol(EndPoint peer)
        {
            BoomIn(nameof(BuildProtocol), where);
            return new Probe();
        }

        protected override void StartFactory() => BoomIn(nameof(StartFactory), where);

        protected override void StopFactory() => BoomIn(nameof(StopFactory), where);

        protected override void StartedConnecting(IConnector connector) => BoomIn(nameof(StartedConnecting), where);

        protected override void ClientConnectionFailed(IConnector connector, Exception reason)
        {
            Ended.Callback(reason);
            BoomIn(nameof(ClientConnectionFailed), where);
        }

        protected override void ClientConnectionLost(IConnector connector, Exception reason)
        {
            Ended.Callback(reason);
            BoomIn(nameof(ClientConnectionLost), where);
        }
    }
}
