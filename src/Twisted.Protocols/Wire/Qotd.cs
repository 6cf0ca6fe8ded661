namespace Twisted.Protocols.Wire;

/// <summary>Sends a quote and closes (RFC 865). Twisted: <c>wire.QOTD</c>.</summary>
/// <param name="quote">Gives the quote.</param>
public sealed class Qotd(Func<string> quote) : Protocol
{
    /// <inheritdoc/>
    protected override void ConnectionMade()
    {
        Transport.Write($"{quote()}\r\n");
        Transport.LoseConnection();
    }
}
