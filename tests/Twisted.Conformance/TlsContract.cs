using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Twisted.Testing;

namespace Twisted.Conformance;

/// <summary>What TLS adds to a stream transport: handshakes, who is trusted, and ends that are no clean ends.</summary>
public abstract class TlsContract : ReactorContract
{
    private static readonly TestAuthority Authority = new();
    private static readonly X509Certificate2 Localhost = Authority.Issue("localhost");

    private static SslServerAuthenticationOptions ServerOptions(X509Certificate2? certificate = null) =>
        TlsOptions.OptionsForServerTls(certificate ?? Localhost);

    private static SslClientAuthenticationOptions ClientOptions(TrustRoot? trust = null) =>
        TlsOptions.OptionsForClientTls("localhost", trust ?? Authority.TrustRoot);

    private static void Connect(IReactor reactor, SslServerAuthenticationOptions forServer, IProtocol server,
        SslClientAuthenticationOptions forClient, IProtocol client)
    {
        IListeningPort port = reactor.ListenTls(0, Factory.For(() => server), forServer, "127.0.0.1");
        reactor.ConnectTls("127.0.0.1", port.Host.Port, ClientFactory.For(() => client), forClient);
    }

    [Fact]
    public void Both_sides_hear_of_the_handshake_and_what_was_agreed() => Run(async reactor =>
    {
        var server = new Secured();
        var client = new Secured();
        SslServerAuthenticationOptions forServer = TlsOptions.OptionsForServerTls(
            Localhost, Authority.TrustRoot, null, "irc", "echo");
        X509Certificate2 ours = Authority.Issue("a client");
        Connect(reactor, forServer, server,
            TlsOptions.OptionsForClientTls("localhost", Authority.TrustRoot, ours, "echo"), client);
        ITlsInfo there = await server.Agreed;
        ITlsInfo here = await client.Agreed;
        Assert.Equal("echo", here.NegotiatedProtocol);
        Assert.Equal("echo", there.NegotiatedProtocol);
        Assert.Equal(Localhost.RawData, here.PeerCertificate!.RawData);
        Assert.Equal(ours.RawData, there.PeerCertificate!.RawData);
        Assert.Equal(SslProtocols.Tls13, here.Version);
        Assert.Same(here, client.Transport.Get<ITlsInfo>());
    });

    [Fact]
    public void What_is_written_before_the_handshake_is_sent_after_it() => Run(async reactor =>
    {
        var server = new Secured();
        var client = new Secured { OnMade = probe => probe.Transport.Write("hello") };
        Connect(reactor, ServerOptions(), server, ClientOptions(), client);
        await client.Made;
        Assert.Null(client.Transport.Get<ITlsInfo>());
        while (server.Received.Count < 5)
            await Wait(reactor, 0.002);
        Assert.Equal("hello"u8.ToArray(), server.Received);
    });

    /// <summary>What is wrong with it, and how the reason names that.</summary>
    public static TheoryData<string, string> BadServers => new()
    {
        { "wrong name", "RemoteCertificateNameMismatch" },
        { "expired", "NotTimeValid" },
        { "not yet valid", "NotTimeValid" },
        { "self-signed", "UntrustedRoot" },
        { "another authority", "errors in the certificate chain" }, // of the same name: its signature is wrong
        { "not the pinned one", "rejected" },
    };

    [Theory]
    [MemberData(nameof(BadServers))]
    public void A_server_that_does_not_verify_ends_the_connection_before_a_byte_is_sent(string kind, string word) =>
        Run(async reactor =>
        {
            using var stranger = new TestAuthority();
            var long_ago = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
            X509Certificate2 certificate = kind switch
            {
                "wrong name" => Authority.Issue("example.org"),
                "expired" => Authority.Issue("localhost", notAfter: long_ago),
                "not yet valid" => Authority.Issue("localhost", notBefore: long_ago.AddYears(90)),
                "self-signed" => TestAuthority.SelfSigned("localhost"),
                "another authority" => stranger.Issue("localhost"),
                _ => Authority.Issue("localhost"),
            };
            TrustRoot trust = kind == "not the pinned one" ? TrustRoot.Pinned(Localhost) : Authority.TrustRoot;
            var server = new Secured();
            var client = new Secured { OnMade = probe => probe.Transport.Write("secret") };
            Connect(reactor, ServerOptions(certificate), server, ClientOptions(trust), client);
            Exception reason = await client.Lost;
            Assert.IsType<TlsException>(reason);
            Assert.Contains("localhost", reason.Message, StringComparison.Ordinal);
            Assert.Contains(word, reason.Message, StringComparison.Ordinal);
            Assert.IsAssignableFrom<ConnectionClosedException>(await server.Lost);
            Assert.Empty(server.Received);
            Assert.False(client.Agreed.IsFired);
        });

    [Fact]
    public void A_pinned_certificate_needs_no_authority() => Run(async reactor =>
    {
        using X509Certificate2 certificate = TestAuthority.SelfSigned("localhost");
        var client = new Secured();
        Connect(reactor, ServerOptions(certificate), new Secured(),
            ClientOptions(TrustRoot.Pinned(certificate)), client);
        await client.Agreed;
    });

    [Fact]
    public void Only_options_that_are_called_insecure_take_any_certificate() => Run(async reactor =>
    {
        using X509Certificate2 certificate = TestAuthority.SelfSigned("somebody else");
        var client = new Secured();
        Connect(reactor, ServerOptions(certificate), new Secured(),
            TlsOptions.InsecureOptionsForClientTls("localhost"), client);
        await client.Agreed;
    });

    [Fact]
    public void A_client_without_the_certificate_that_is_asked_for_is_refused() => Run(async reactor =>
    {
        var server = new Secured();
        var client = new Secured();
        SslServerAuthenticationOptions strict = TlsOptions.OptionsForServerTls(Localhost, Authority.TrustRoot);
        Connect(reactor, strict, server, ClientOptions(), client);
        Assert.IsType<TlsException>(await server.Lost);
        Assert.IsAssignableFrom<ConnectionClosedException>(await client.Lost);
    });

    [Fact]
    public void A_user_exception_in_HandshakeCompleted_is_reported_and_the_reason() => Run(async reactor =>
    {
        var mistake = new InvalidTimeZoneException("mine");
        var server = new Secured { OnAgreed = () => throw mistake };
        Connect(reactor, ServerOptions(), server, ClientOptions(), new Secured());
        Assert.Same(mistake, await server.Lost);
        Assert.Same(mistake, Assert.Single(Reported).Exception);
    });

    // ---- Peers that do not speak TLS as they should ----

    /// <summary>A server of TLS and a client of plain TCP, which plays what a test wants.</summary>
    private static (Secured Server, Probe Client) Attack(IReactor reactor, TlsLimits limits, Probe client)
    {
        var server = new Secured();
        IListeningPort port = reactor.ListenTcp(
            0, new TlsFactory(Factory.For(() => server), ServerOptions(), limits), "127.0.0.1");
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, ClientFactory.For(() => client));
        return (server, client);
    }

    [Fact]
    public void Garbage_ends_the_connection() => Run(async reactor =>
    {
        var (server, client) = Attack(reactor, new TlsLimits(),
            new Probe { OnMade = probe => probe.Transport.Write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") });
        Assert.IsType<TlsException>(await server.Lost);
        await client.Lost;
        Assert.Empty(server.Received);
    });

    [Fact]
    public void A_ClientHello_without_end_is_not_kept() => Run(async reactor =>
    {
        // Records of a handshake message that says it has 16 MiB (RFC 8446, 5.1 and 4).
        byte[] first = [22, 3, 1, 0x40, 0, 1, 0xFF, 0xFF, 0xFF, .. new byte[0x4000 - 4]];
        byte[] next = [22, 3, 1, 0x40, 0, .. new byte[0x4000]];
        var client = new Probe
        {
            OnMade = probe =>
            {
                probe.Transport.Write(first);
                for (int i = 0; i < 100; i++)
                    probe.Transport.Write(next);
            },
        };
        var (server, _) = Attack(reactor, new TlsLimits(), client);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsType<TlsException>(await server.Lost);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
    });

    [Fact]
    public void A_silent_client_does_not_hold_the_server() => Run(async reactor =>
    {
        var (server, client) = Attack(
            reactor, new TlsLimits { HandshakeTimeout = TimeSpan.FromMilliseconds(50) }, new Probe());
        Exception reason = await server.Lost;
        Assert.IsType<TlsException>(reason);
        Assert.Contains("0.05 seconds", reason.Message, StringComparison.Ordinal);
        await client.Lost;
    });

    [Fact]
    public void A_client_that_goes_during_the_handshake_is_told_as_such() => Run(async reactor =>
    {
        var (server, _) = Attack(reactor, new TlsLimits(),
            new Probe { OnMade = probe => probe.Transport.LoseConnection() });
        Assert.IsType<TlsException>(await server.Lost);
    });

    [Fact]
    public void A_stream_that_is_cut_without_close_notify_is_lost_and_not_done() => Run(async reactor =>
    {
        var server = new Secured { OnMade = probe => probe.Transport.Write("welcome") };
        IListeningPort port = reactor.ListenTls(0, Factory.For(() => server), ServerOptions(), "127.0.0.1");
        var client = new Secured { OnMade = probe => probe.Transport.Write("half a mess") };
        var cut = new Cut(ClientFactory.For(() => client), ClientOptions());
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, cut);
        while (server.Received.Count == 0 || client.Received.Count == 0) // what is unread would make a reset of it
            await Wait(reactor, 0.002);
        cut.Below!.LoseConnection();
        Exception reason = await server.Lost;
        Assert.IsType<ConnectionLostException>(reason);
        Assert.Contains("close_notify", reason.Message, StringComparison.Ordinal);
        Assert.Equal("half a mess"u8.ToArray(), server.Received);
    });

    [Fact]
    public void A_peer_that_never_answers_close_notify_is_given_up() => Run(async reactor =>
    {
        var server = new Secured();
        var limits = new TlsLimits { CloseTimeout = TimeSpan.FromMilliseconds(50) };
        IListeningPort port = reactor.ListenTcp(
            0, new TlsFactory(Factory.For(() => server), ServerOptions(), limits), "127.0.0.1");
        var deaf = new Cut(ClientFactory.For(() => new Secured()), ClientOptions());
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, deaf);
        await server.Agreed;
        deaf.Below!.PauseProducing();
        server.Transport.LoseConnection();
        Exception reason = await server.Lost;
        Assert.IsType<ConnectionLostException>(reason);
        Assert.Contains("close_notify", reason.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void TLS_runs_in_TLS() => Run(async reactor =>
    {
        var server = new Secured { OnData = probe => probe.Transport.Write(probe.Received.ToArray()) };
        var client = new Secured { OnMade = probe => probe.Transport.Write("inside") };
        IListeningPort port = reactor.ListenTls(
            0, new TlsFactory(Factory.For(() => server), ServerOptions()), ServerOptions(), "127.0.0.1");
        reactor.ConnectTls("127.0.0.1", port.Host.Port,
            new TlsFactory(ClientFactory.For(() => client), ClientOptions()), ClientOptions());
        while (client.Received.Count < 6)
            await Wait(reactor, 0.002);
        client.Transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await client.Lost);
        Assert.IsType<ConnectionDoneException>(await server.Lost);
    });

    [Fact]
    public void Endpoints_wrap_endpoints() => Run(async reactor =>
    {
        var server = new Secured { OnMade = probe => probe.Transport.Write("welcome") };
        var tcp = new TcpServerEndpoint(reactor, 0, "127.0.0.1");
        IListeningPort port = await new TlsServerEndpoint(tcp, ServerOptions()).Listen(() => server);
        Secured client = await new TlsClientEndpoint(
            new TcpClientEndpoint(reactor, "127.0.0.1", port.Host.Port), ClientOptions())
            .ConnectProtocol(new Secured());
        while (client.Received.Count < 7)
            await Wait(reactor, 0.002);
        await port.StopListening();
    });

    /// <summary>A probe that remembers the handshake.</summary>
    private sealed class Secured : Probe, IHandshakeListener
    {
        internal Deferred<ITlsInfo> Agreed { get; } = new();

        internal Action? OnAgreed { get; init; }

        public void HandshakeCompleted(ITlsInfo tls)
        {
            OnAgreed?.Invoke();
            Agreed.Callback(tls);
        }
    }

    /// <summary>A client of TLS whose transport below can be seized.</summary>
    private sealed class Cut(IClientFactory inner, SslClientAuthenticationOptions options)
        : Twisted.Protocols.WrappingFactory(new TlsFactory(inner, options))
    {
        internal ITransport? Below { get; private set; }

        protected override IProtocol Wrap(IProtocol protocol) => new Seized(protocol, below => Below = below);

        private sealed class Seized(IProtocol inner, Action<ITransport> connected)
            : Twisted.Protocols.ProtocolWrapper(inner)
        {
            protected override void ConnectionMade()
            {
                connected(Below);
                base.ConnectionMade();
            }
        }
    }
}
