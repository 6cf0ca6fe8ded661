using System.Net;

namespace Twisted.Conformance;

/// <summary>Ports, connectors, factories and endpoints.</summary>
public abstract class ConnectorContract : ReactorContract
{
    [Fact]
    public void Success_is_told_in_order_and_never_inside_the_call() => Run(async reactor =>
    {
        var client = new Probe();
        var factory = new ProbeClientFactory(client);
        int port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1").Host.Port;
        IConnector connector = reactor.ConnectTcp("127.0.0.1", port, factory);
        Assert.Equal(["start", "connecting"], factory.Events);
        Assert.Equal(ConnectorState.Connecting, connector.State);
        await client.Made;
        Assert.Equal(ConnectorState.Connected, connector.State);
        Assert.Throws<InvalidOperationException>(connector.Connect);
        Assert.Throws<InvalidOperationException>(connector.StopConnecting);
        connector.Disconnect();
        await client.Lost;
        await Until(reactor, () => factory.Events.Contains("stop"));
        Assert.Equal(["start", "connecting", "build", "lost ConnectionDoneException", "stop"], factory.Events);
        Assert.Equal(ConnectorState.Disconnected, connector.State);
    });

    [Fact]
    public void A_refused_connection_fails_with_the_systems_words() => Run(async reactor =>
    {
        int port = await FreePort(reactor);
        var failed = new Deferred<Exception>();
        var factory = new ProbeClientFactory { OnFailed = (_, reason) => failed.Callback(reason) };
        reactor.ConnectTcp("127.0.0.1", port, factory);
        Exception reason = await failed;
        Assert.Equal("Connection was refused by other side: 111: Connection refused.",
            Assert.IsType<ConnectionRefusedException>(reason).Message);
        await Until(reactor, () => factory.Events.Contains("stop"));
        Assert.Equal(["start", "connecting", "failed ConnectionRefusedException", "stop"], factory.Events);
    });

    [Fact]
    public void Connect_inside_the_failure_keeps_the_factory_started() => Run(async reactor =>
    {
        int port = await FreePort(reactor);
        int attempts = 0;
        var done = new Deferred();
        var factory = new ProbeClientFactory
        {
            OnFailed = (connector, _) =>
            {
                if (++attempts < 3)
                    connector.Connect();
                else
                    done.Callback();
            },
        };
        reactor.ConnectTcp("127.0.0.1", port, factory);
        await done;
        await Until(reactor, () => factory.Events.Contains("stop"));
        Assert.Equal(1, factory.Events.Count(e => e == "start"));
        Assert.Equal(1, factory.Events.Count(e => e == "stop"));
        Assert.Equal(3, factory.Events.Count(e => e == "connecting"));
    });

    [Fact]
    public void Connect_inside_the_loss_connects_again() => Run(async reactor =>
    {
        var again = new Probe();
        var factory = new ProbeClientFactory(new Probe(), again)
        {
            OnLost = (connector, _) =>
            {
                if (again.MadeCount == 0)
                    connector.Connect();
            },
        };
        var first = new Probe { OnMade = probe => probe.Transport.LoseConnection() };
        var servers = new Queue<Probe>([first, new Probe()]);
        int port = reactor.ListenTcp(0, () => servers.Dequeue(), "127.0.0.1").Host.Port;
        reactor.ConnectTcp("127.0.0.1", port, factory);
        await again.Made;
        Assert.Equal(["start", "connecting", "build", "lost ConnectionDoneException", "connecting", "build"],
            factory.Events);
        again.Transport.LoseConnection();
    });

    [Fact]
    public void StopConnecting_inside_StartedConnecting_fails_at_once() => Run(async reactor =>
    {
        var factory = new ProbeClientFactory { OnStarted = connector => connector.StopConnecting() };
        int port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1").Host.Port;
        reactor.ConnectTcp("127.0.0.1", port, factory);
        await Until(reactor, () => factory.Events.Contains("stop"));
        Assert.Equal(["start", "connecting", "failed ConnectingCancelledException", "stop"], factory.Events);
    });

    [Fact]
    public void A_factory_that_builds_nothing_loses_the_connection() => Run(async reactor =>
    {
        var lost = new Deferred<Exception>();
        var factory = new ProbeClientFactory([null]) { OnLost = (_, reason) => lost.Callback(reason) };
        int port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1").Host.Port;
        reactor.ConnectTcp("127.0.0.1", port, factory);
        Assert.IsType<ConnectionDoneException>(await lost);
    });

    [Fact]
    public void A_client_binds_to_the_address_it_is_given() => Run(async reactor =>
    {
        var server = new Probe();
        var client = new Probe();
        int bound = await FreePort(reactor);
        int port = reactor.ListenTcp(0, () => server, "127.0.0.1").Host.Port;
        reactor.ConnectTcp("127.0.0.1", port, new ProbeClientFactory(client),
            bindAddress: new IPEndPoint(IPAddress.Loopback, bound));
        await client.Made;
        await server.Made;
        Assert.Equal(bound, server.Transport.Peer.Port);
        client.Transport.AbortConnection();
    });

    [Fact]
    public void Arguments_that_cannot_be_are_refused_at_once() => Run(reactor =>
    {
        var factory = new ProbeClientFactory();
        Assert.Throws<ArgumentOutOfRangeException>(() => reactor.ConnectTcp("127.0.0.1", 0, factory));
        Assert.Throws<ArgumentOutOfRangeException>(() => reactor.ConnectTcp("127.0.0.1", 65_536, factory));
        Assert.Throws<ArgumentException>(() => reactor.ConnectTcp("", 1, factory));
        Assert.Throws<ArgumentNullException>(() => reactor.ConnectTcp("127.0.0.1", 1, null!));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => reactor.ConnectTcp("127.0.0.1", 1, factory, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => reactor.ListenTcp(-1, factory));
        Assert.Throws<ArgumentException>(() => reactor.ListenTcp(0, factory, "localhost"));
        Assert.Throws<ArgumentNullException>(() => reactor.ListenTcp(0, (IProtocolFactory)null!));
        return Deferred.Succeed();
    });

    [Fact]
    public void A_port_in_use_cannot_be_listened_on() => Run(reactor =>
    {
        int port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1").Host.Port;
        var failure = Assert.Throws<CannotListenException>(
            () => reactor.ListenTcp(port, () => new Probe(), "127.0.0.1"));
        Assert.StartsWith($"Couldn't listen on 127.0.0.1:{port}: [Errno 98] Address already in use.", failure.Message,
            StringComparison.Ordinal);
        return Deferred.Succeed();
    });

    [Fact]
    public void One_factory_serves_two_ports_and_stops_with_the_last() => Run(async reactor =>
    {
        var factory = new Counted();
        IListeningPort one = reactor.ListenTcp(0, factory, "127.0.0.1");
        IListeningPort two = reactor.ListenTcp(0, factory, "127.0.0.1");
        Assert.Equal((1, 0, 2), (factory.Started, factory.Stopped, factory.NumPorts));
        await one.StopListening();
        Assert.Equal(0, factory.Stopped);
        await two.StopListening();
        Assert.Equal((1, 1, 0), (factory.Started, factory.Stopped, factory.NumPorts));
        await two.StopListening();
        Assert.Equal(1, factory.Stopped);
    });

    private sealed class Counted : ServerFactory
    {
        public int Started { get; private set; }

        public int Stopped { get; private set; }

        public override IProtocol BuildProtocol(EndPoint peer) => new Probe();

        protected override void StartFactory() => Started++;

        protected override void StopFactory() => Stopped++;
    }

    [Fact]
    public void A_stopped_port_refuses_and_listens_again_when_started() => Run(async reactor =>
    {
        IListeningPort port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1");
        int number = port.Host.Port;
        await port.StopListening();
        Exception? refused = null;
        try
        {
            await new TcpClientEndpoint(reactor, "127.0.0.1", number).ConnectProtocol(new Probe());
        }
        catch (ConnectException failure)
        {
            refused = failure;
        }
        Assert.IsType<ConnectionRefusedException>(refused);
        port.StartListening();
        Probe client = await new TcpClientEndpoint(reactor, "127.0.0.1", port.Host.Port).ConnectProtocol(new Probe());
        client.Transport.LoseConnection();
        await client.Lost;
    });

    [Fact]
    public void Localhost_is_resolved_at_every_attempt() => Run(async reactor =>
    {
        int port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1").Host.Port;
        for (int i = 0; i < 3; i++)
        {
            Probe client = await new TcpClientEndpoint(reactor, "localhost", port).ConnectProtocol(new Probe());
            client.Transport.LoseConnection();
            await client.Lost;
        }
    });

    [Fact]
    public void An_endpoints_Deferred_fires_after_ConnectionMade() => Run(async reactor =>
    {
        int port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1").Host.Port;
        Probe client = await Endpoints.Client(reactor, $"tcp:127.0.0.1:{port}:timeout=5").Connect(() => new Probe());
        Assert.Equal(1, client.MadeCount);
        client.Transport.LoseConnection();
        await client.Lost;
    });

    [Fact]
    public void A_cancelled_endpoint_fails_with_ConnectingCancelled() => Run(async reactor =>
    {
        int port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1").Host.Port;
        Deferred<Probe> connecting = new TcpClientEndpoint(reactor, "127.0.0.1", port).ConnectProtocol(new Probe());
        connecting.Cancel();
        Exception? seen = null;
        try
        {
            await connecting;
        }
        catch (ConnectException failure)
        {
            seen = failure;
        }
        Assert.IsType<ConnectingCancelledException>(seen);
    });

    [Fact]
    public void An_endpoint_tells_a_client_factory_of_failure_and_loss() => Run(async reactor =>
    {
        int closed = await FreePort(reactor);
        var failing = new ProbeClientFactory();
        new TcpClientEndpoint(reactor, "127.0.0.1", closed).Connect(failing).AddErrback(_ => { }).Forget();
        var losing = new ProbeClientFactory(new Probe());
        int port = reactor.ListenTcp(0, () => new Probe { OnMade = p => p.Transport.LoseConnection() }, "127.0.0.1")
            .Host.Port;
        await new TcpClientEndpoint(reactor, "127.0.0.1", port).Connect(losing);
        await Until(reactor, () => failing.Events.Contains("stop") && losing.Events.Contains("stop"));
        Assert.Contains("failed ConnectionRefusedException", failing.Events);
        Assert.Contains("lost ConnectionDoneException", losing.Events);
    });

    [Fact]
    public void ClientCreator_connects_a_protocol() => Run(async reactor =>
    {
        int port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1").Host.Port;
        Probe client = await new ClientCreator<Probe>(reactor, () => new Probe()).ConnectTcp("127.0.0.1", port);
        client.Transport.LoseConnection();
        await client.Lost;
    });

    [Fact]
    public void IPv6_works_like_IPv4() => Run(async reactor =>
    {
        int port = reactor.ListenTcp(0, () => new Probe { OnMade = p => p.Transport.Write("six"u8) }, "::1").Host.Port;
        var client = new Probe { OnData = probe => probe.Transport.LoseConnection() };
        await Endpoints.Client(reactor, $"tcp:{Endpoints.Quote("::1")}:{port}").ConnectProtocol(client);
        await client.Lost;
        Assert.Equal("six"u8.ToArray(), client.Received.ToArray());
        Assert.Equal("::1", client.Transport.Peer.Host);
    });

    [Fact]
    public void A_disposed_port_is_closed() => Run(async reactor =>
    {
        int number;
        await using (IListeningPort port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1"))
            number = port.Host.Port;
        reactor.ListenTcp(number, () => new Probe(), "127.0.0.1");
    });

    private static async Deferred<int> FreePort(IReactor reactor)
    {
        IListeningPort port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1");
        int number = port.Host.Port;
        await port.StopListening();
        return number;
    }
}
