namespace Twisted.Internet;

/// <summary>
/// TLS could not be agreed on, or its rules were broken: a certificate that does not verify, no version in common,
/// bytes that are no TLS, a handshake that takes too long.
/// </summary>
/// <remarks>
/// The reason that ConnectionLost is given. Twisted: <c>OpenSSL.SSL.Error</c> and <c>error.VerifyError</c>.
/// </remarks>
public sealed class TlsException : ConnectionClosedException
{
    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="inner">What the TLS library said.</param>
    public TlsException(string message, Exception? inner = null) : base(message, inner) { }
}
