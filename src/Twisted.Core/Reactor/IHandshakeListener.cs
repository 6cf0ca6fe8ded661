namespace Twisted.Internet;

/// <summary>A protocol that hears of the TLS handshake's end. Twisted: <c>IHandshakeListener</c>.</summary>
public interface IHandshakeListener
{
    /// <summary>The handshake is done and verified.</summary>
    /// <param name="tls">What was agreed.</param>
    void HandshakeCompleted(ITlsInfo tls);
}
