using Twisted.Testing;

namespace Twisted.Conformance;

/// <summary>TLS that begins amid a connection (STARTTLS).</summary>
public abstract class StartTlsContract : ReactorContract
{
    private static readonly TestAuthority Authority = new();

    [Fact]
    public void Both_sides_go_on_in_TLS_on_the_same_transport() => Run(async reactor =>
    {
        var server = new Upgrading();
        var client = new Upgrading();
        Introduce(reactor, server, client);
        await client.Made;
        ITransport before = client.Transport;
        client.SendLine("STARTTLS");
        Assert.Equal("ready", await client.NextLine());
        ITlsInfo agreed = await client.Upgrade(asServer: false);
        client.SendLine("in secret");
        Assert.Equal("in secret", await server.NextLine());
        Assert.Same(before, client.Transport);
        Assert.Same(agreed, client.Transport.Get<ITlsInfo>());
        Assert.Equal("localhost", agreed.PeerCertificate!.GetNameInfo(
            System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false));
        client.Transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await client.Lost);
        Assert.IsType<ConnectionDoneException>(await server.Lost);
    });

    [Fact]
    public void Plain_bytes_behind_the_command_close_the_connection() => Run(async reactor =>
    {
        var server = new Upgrading();
        var client = new Upgrading();
        Introduce(reactor, server, client);
        await client.Made;
        client.Transport.Write("STARTTLS\r\nDELETE EVERYTHING\r\n");
        Assert.IsType<TlsException>(await server.Lost);
        await client.Lost;
        Assert.Empty(server.Lines);
    });

    [Fact]
    public void Plain_bytes_behind_the_answer_close_the_connection() => Run(async reactor =>
    {
        var server = new Upgrading { Answer = "ready\r\ninjected" };
        var client = new Upgrading { UpgradesOn = "ready" };
        Introduce(reactor, server, client);
        await client.Made;
        client.SendLine("STARTTLS");
        Assert.IsType<TlsException>(await client.Lost);
        await server.Lost;
        Assert.Empty(client.Lines);
    });

    [Fact]
    public void A_peer_that_does_not_follow_ends_the_connection_and_fails_the_Deferred() => Run(async reactor =>
    {
        var server = new Upgrading();
        var client = new Upgrading();
        Introduce(reactor, server, client);
        await client.Made;
        client.SendLine("STARTTLS");
        await client.NextLine();
        client.SendLine("but I go on in plain text");
        Exception reason = await server.Lost;
        Assert.IsType<TlsException>(reason);
        Assert.Same(reason, server.Failure);
    });

    [Fact]
    public void It_cannot_begin_while_the_connection_ends() => Run(async reactor =>
    {
        var server = new Upgrading();
        var client = new Upgrading();
        Introduce(reactor, server, client);
        await client.Made;
        client.Transport.LoseConnection();
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Upgrade(asServer: false).AsTask());
    });

    private static void Introduce(IReactor reactor, Upgrading server, Upgrading client)
    {
        IListeningPort port = reactor.ListenTcp(0, Factory.For(() => server), "127.0.0.1");
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, ClientFactory.For(() => client));
    }

    private sealed class Upgrading : LineReceiver
    {
        private readonly DeferredQueue<string> _lines = new();

        internal Deferred Made { get; } = new();

        internal Deferred<Exception> Lost { get; } = new();

        internal string Answer { get; init; } = "ready";

        internal string? UpgradesOn { get; init; }

        internal Exception? Failure { get; private set; }

        internal List<string> Lines { get; } = [];

        internal Deferred<string> NextLine() => _lines.Get();

        internal Deferred<ITlsInfo> Upgrade(bool asServer)
        {
            IStartTls transport = Transport.GetRequired<IStartTls>();
            return asServer
                ? transport.StartTls(TlsOptions.OptionsForServerTls(Authority.Issue("localhost")))
                : transport.StartTls(TlsOptions.OptionsForClientTls("localhost", Authority.TrustRoot));
        }

        protected override void ConnectionMade() => Made.Callback();

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            string text = System.Text.Encoding.ASCII.GetString(line);
            if (text == "STARTTLS")
            {
                Transport.Write(Answer + "\r\n");
                Upgrade(asServer: true).AddErrback(failure => { Failure = failure; });
            }
            else if (text == UpgradesOn)
                Upgrade(asServer: false).AddErrback(failure => { Failure = failure; });
            else
            {
                Lines.Add(text);
                _lines.Put(text);
            }
        }

        protected override void ConnectionLost(Exception reason)
        {
            base.ConnectionLost(reason);
            Lost.Callback(reason);
        }
    }
}
