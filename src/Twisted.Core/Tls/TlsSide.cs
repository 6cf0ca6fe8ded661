using System.Net.Security;
using System.Security.Authentication;

namespace Twisted.Internet;

/// <summary>Which side of a handshake we are, with its options.</summary>
internal abstract class TlsSide
{
    private const SslProtocols Modern = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Begins the handshake.</summary>
    internal abstract Task Authenticate(SslStream tls);

    internal static TlsSide Of(SslClientAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(options.TargetHost))
            throw new ArgumentException("A TLS client needs TargetHost: the name that it sends and verifies.",
                nameof(options));
        if (options.EnabledSslProtocols == SslProtocols.None)
            options.EnabledSslProtocols = Modern;
        return new ClientSide(options);
    }

    internal static TlsSide Of(SslServerAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.EnabledSslProtocols == SslProtocols.None)
            options.EnabledSslProtocols = Modern;
        if (options.ServerCertificate is System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
        {
            // Built once: for each handshake anew it would be half of its cost.
            options.ServerCertificateContext ??= SslStreamCertificateContext.Create(certificate, null, offline: true);
        }
        return new ServerSide(options);
    }

    internal static TlsSide Of(ServerOptionsSelectionCallback options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ChoosingSide(options);
    }

    private sealed class ChoosingSide(ServerOptionsSelectionCallback options) : TlsSide
    {
        internal override Task Authenticate(SslStream tls) => tls.AuthenticateAsServerAsync(options, null);

        public override string ToString() => "with a client";
    }

    private sealed class ClientSide(SslClientAuthenticationOptions options) : TlsSide
    {
        internal override Task Authenticate(SslStream tls) => tls.AuthenticateAsClientAsync(options);

        public override string ToString() => $"with {options.TargetHost}";
    }

    private sealed class ServerSide(SslServerAuthenticationOptions options) : TlsSide
    {
        internal override Task Authenticate(SslStream tls) => tls.AuthenticateAsServerAsync(options);

        public override string ToString() => "with a client";
    }
}
