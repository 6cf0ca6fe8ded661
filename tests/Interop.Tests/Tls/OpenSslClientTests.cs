using System.Net.Security;
using System.Security.Authentication;
using Twisted.Conformance;

namespace Interop.Tests.Tls;

/// <summary>openssl s_client calls our server.</summary>
public sealed class OpenSslClientTests : IDisposable
{
    private readonly CertificateFiles _files = new();

    public void Dispose() => _files.Dispose();

    private IListeningPort Listen(IReactor reactor, SecureEcho server, SslServerAuthenticationOptions options) =>
        reactor.ListenTls(0, Factory.For(() => server), options, "127.0.0.1");

    private RunningProgram Call(IListeningPort port, params string[] options) => RunningProgram.Start([
        Peers.OpenSsl, "s_client", "-connect", $"127.0.0.1:{port.Host.Port}", "-servername", "localhost",
        "-CAfile", _files.Trust(), "-verify_return_error", "-verify_hostname", "localhost", .. options,
    ]);

    private SslServerAuthenticationOptions Options(params string[] protocols) => TlsOptions.OptionsForServerTls(
        _files.Authority.Issue("localhost"), acceptableProtocols: protocols);

    [PeerTheory(Peers.OpenSsl)]
    [InlineData("-tls1_2", SslProtocols.Tls12)]
    [InlineData("-tls1_3", SslProtocols.Tls13)]
    public Task It_verifies_us_agrees_on_version_and_ALPN_and_ends_cleanly(string version, SslProtocols expected) =>
        OnReactor.Run(async reactor =>
        {
            var server = new SecureEcho();
            IListeningPort port = Listen(reactor, server, Options("irc", "echo"));
            await using RunningProgram client = Call(port, version, "-alpn", "echo");
            await client.Line("Verification: OK");
            await client.Line("ALPN protocol: echo");
            ITlsInfo agreed = await server.Agreed;
            Assert.Equal((expected, "echo"), (agreed.Version, agreed.NegotiatedProtocol));
            await client.Send("hello\n");
            Assert.Equal("hello", await client.Line("hello"));
            client.CloseInput(); // it then sends close_notify
            Assert.IsType<ConnectionDoneException>(await server.Lost);
        });

    [PeerFact(Peers.OpenSsl)]
    public Task What_we_close_it_sees_as_a_clean_end() => OnReactor.Run(async reactor =>
    {
        var server = new SecureEcho();
        IListeningPort port = Listen(reactor, server, Options());
        await using RunningProgram client = Call(port, "-quiet");
        await server.Agreed;
        server.Transport.Write("goodbye\n");
        server.Transport.LoseConnection();
        Assert.Equal("goodbye", await client.Line("goodbye"));
        Assert.Equal(0, await client.Exit());
        Assert.IsType<ConnectionDoneException>(await server.Lost);
    });

    [PeerFact(Peers.OpenSsl)]
    public Task A_version_of_the_past_is_refused() => OnReactor.Run(async reactor =>
    {
        var server = new SecureEcho();
        IListeningPort port = Listen(reactor, server, Options());
        await using RunningProgram client = Call(port, "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0");
        Assert.IsType<TlsException>(await server.Lost);
        Assert.NotEqual(0, await client.Exit());
    });

    [PeerFact(Peers.OpenSsl)]
    public Task Its_certificate_is_known_to_us_when_we_ask_for_one() => OnReactor.Run(async reactor =>
    {
        var server = new SecureEcho();
        SslServerAuthenticationOptions options = TlsOptions.OptionsForServerTls(
            _files.Authority.Issue("localhost"), _files.Authority.TrustRoot);
        IListeningPort port = Listen(reactor, server, options);
        string file = _files.Pair(_files.Authority.Issue("alice"));
        await using RunningProgram client = Call(port, "-cert", file, "-key", file);
        Assert.Equal("CN=alice", (await server.Agreed).PeerCertificate!.Subject);
    });

    [PeerFact(Peers.OpenSsl)]
    public Task Without_the_certificate_that_we_ask_for_it_is_refused() => OnReactor.Run(async reactor =>
    {
        var server = new SecureEcho();
        SslServerAuthenticationOptions options = TlsOptions.OptionsForServerTls(
            _files.Authority.Issue("localhost"), _files.Authority.TrustRoot);
        IListeningPort port = Listen(reactor, server, options);
        await using RunningProgram client = Call(port, "-quiet");
        Assert.IsType<TlsException>(await server.Lost);
        Assert.NotEqual(0, await client.Exit());
    });

    [PeerFact(Peers.OpenSsl)]
    public Task Killed_amid_a_connection_it_leaves_a_cut_stream() => OnReactor.Run(async reactor =>
    {
        var server = new SecureEcho();
        IListeningPort port = Listen(reactor, server, Options());
        await using RunningProgram client = Call(port);
        await server.Agreed;
        await client.Line("Verification: OK");
        await client.Kill();
        Assert.IsType<ConnectionLostException>(await server.Lost);
    });

    [PeerFact(Peers.OpenSsl)]
    public Task Its_STARTTLS_of_mail_meets_ours() => OnReactor.Run(async reactor =>
    {
        var server = new MailGreeter(() => Options());
        IListeningPort port = reactor.ListenTcp(0, () => server, "127.0.0.1");
        await using RunningProgram client = Call(port, "-starttls", "smtp", "-quiet");
        await client.Send("NOOP\r\n");
        Assert.Equal("250 secure", await client.Line("250 secure"));
    });

    /// <summary>As much of a mail server as STARTTLS needs (RFC 3207).</summary>
    private sealed class MailGreeter(Func<SslServerAuthenticationOptions> options) : LineReceiver
    {
        private bool _isSecure;

        protected override void ConnectionMade() => SendLine("220 localhost ESMTP");

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            if (line.StartsWith("EHLO"u8))
                Transport.Write("250-localhost\r\n250 STARTTLS\r\n");
            else if (line.SequenceEqual("STARTTLS"u8))
            {
                SendLine("220 go ahead");
                WhileConnected(Transport.GetRequired<IStartTls>().StartTls(options())
                    .AddCallback(_ => { _isSecure = true; }));
            }
            else
                SendLine(_isSecure ? "250 secure" : "250 in plain text");
        }
    }
}
