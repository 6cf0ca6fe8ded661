using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Twisted.Conformance;

namespace Interop.Tests.Tls;

/// <summary>We call openssl s_server.</summary>
public sealed class OpenSslServerTests : IDisposable
{
    private readonly CertificateFiles _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>Starts it, and waits until it listens.</summary>
    private async Task<RunningProgram> Serve(X509Certificate2 certificate, params string[] options)
    {
        string file = _files.Pair(certificate);
        RunningProgram server = RunningProgram.Start([
            Peers.OpenSsl, "s_server", "-accept", "127.0.0.1:0", "-cert", file, "-key", file, .. options,
        ]);
        await server.Line("ACCEPT"); // and then where: ACCEPT 127.0.0.1:40123
        return server;
    }

    private static int PortOf(RunningProgram server)
    {
        string line = server.Output.Split('\n').First(line => line.StartsWith("ACCEPT", StringComparison.Ordinal));
        return IPEndPoint.Parse(line["ACCEPT ".Length..]).Port;
    }

    private SecureCaller Call(IReactor reactor, RunningProgram server, string? says, TrustRoot? trust = null,
        X509Certificate2? certificate = null, params string[] protocols)
    {
        var caller = new SecureCaller(says);
        reactor.ConnectTls("127.0.0.1", PortOf(server), ClientFactory.For(() => caller), TlsOptions.OptionsForClientTls(
            "localhost", trust ?? _files.Authority.TrustRoot, certificate, protocols));
        return caller;
    }

    [PeerTheory(Peers.OpenSsl)]
    [InlineData("-tls1_2", SslProtocols.Tls12)]
    [InlineData("-tls1_3", SslProtocols.Tls13)]
    public Task We_verify_it_and_agree_on_version_and_ALPN(string version, SslProtocols expected) =>
        OnReactor.Run(async reactor =>
        {
            await using RunningProgram server = await Serve(
                _files.Authority.Issue("localhost"), version, "-alpn", "echo,irc", "-rev");
            SecureCaller caller = Call(reactor, server, "hello", null, null, "irc");
            ITlsInfo agreed = await caller.Agreed;
            Assert.Equal((expected, "irc"), (agreed.Version, agreed.NegotiatedProtocol));
            Assert.Equal("olleh", await caller.Line);
            caller.Transport.LoseConnection();
            Assert.IsType<ConnectionDoneException>(await caller.Lost);
        });

    [PeerTheory(Peers.OpenSsl)]
    [InlineData("wrong name")]
    [InlineData("expired")]
    [InlineData("self-signed")]
    public Task We_refuse_one_that_does_not_verify_and_tell_it_nothing(string kind) => OnReactor.Run(async reactor =>
    {
        X509Certificate2 certificate = kind switch
        {
            "wrong name" => _files.Authority.Issue("example.org"),
            "expired" => _files.Authority.Issue("localhost", notAfter: new DateTime(2001, 1, 1)),
            _ => Twisted.Testing.TestAuthority.SelfSigned("localhost"),
        };
        await using RunningProgram server = await Serve(certificate);
        SecureCaller caller = Call(reactor, server, "secret");
        Assert.IsType<TlsException>(await caller.Lost);
        Assert.DoesNotContain("secret", server.Output, StringComparison.Ordinal);
    });

    [PeerFact(Peers.OpenSsl)]
    public Task It_verifies_our_certificate() => OnReactor.Run(async reactor =>
    {
        await using RunningProgram server = await Serve(_files.Authority.Issue("localhost"),
            "-Verify", "1", "-verify_return_error", "-CAfile", _files.Trust(), "-rev");
        SecureCaller known = Call(reactor, server, "hello", certificate: _files.Authority.Issue("alice"));
        Assert.Equal("olleh", await known.Line);
        known.Transport.LoseConnection();
        await known.Lost;
        SecureCaller stranger = Call(reactor, server, "hello");
        Assert.IsAssignableFrom<ConnectionClosedException>(await stranger.Lost);
        Assert.False(stranger.Line.IsFired);
    });

    [PeerFact(Peers.OpenSsl)]
    public Task Killed_amid_a_connection_it_leaves_a_cut_stream() => OnReactor.Run(async reactor =>
    {
        await using RunningProgram server = await Serve(_files.Authority.Issue("localhost"), "-rev");
        SecureCaller caller = Call(reactor, server, "hello");
        await caller.Line;
        await server.Kill();
        Assert.IsType<ConnectionLostException>(await caller.Lost);
    });

    [PeerFact(Peers.OpenSsl)]
    public Task A_large_page_comes_whole() => OnReactor.Run(async reactor =>
    {
        await using RunningProgram server = await Serve(_files.Authority.Issue("localhost"), "-www");
        SecureCaller caller = Call(reactor, server, "GET / HTTP/1.0\r\n\r");
        Assert.Equal("HTTP/1.0 200 ok\r", await caller.Line);
        Exception end = await caller.Lost;
        Assert.True(end is ConnectionDoneException, end.ToString());
    });
}
