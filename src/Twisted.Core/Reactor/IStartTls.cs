using System.Net.Security;

namespace Twisted.Internet;

/// <summary>A transport that can begin TLS amid a connection (STARTTLS). Twisted: <c>startTLS</c>.</summary>
public interface IStartTls
{
    /// <summary>Begins TLS as its client. The server is verified unless the options say otherwise.</summary>
    /// <param name="options">The BCL's options.</param>
    Deferred<ITlsInfo> StartTls(SslClientAuthenticationOptions options);

    /// <summary>Begins TLS as its server.</summary>
    /// <param name="options">The BCL's options.</param>
    Deferred<ITlsInfo> StartTls(SslServerAuthenticationOptions options);
}
