namespace Twisted.Internet;

/// <summary>The host name has no address.</summary>
/// <remarks>Twisted: <c>error.DNSLookupError</c>.</remarks>
public sealed class DnsLookupException : ConnectException
{
    /// <summary>The text that Twisted's users know.</summary>
    public DnsLookupException() : base("DNS lookup failed.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public DnsLookupException(string message, Exception? inner = null) : base(message, inner) { }
}
