using System.Globalization;

namespace Twisted.Protocols.Wire;

/// <summary>Sends the time as a line of text and closes (RFC 867). Twisted: <c>wire.Daytime</c>.</summary>
/// <param name="clock">The clock.</param>
public sealed class Daytime(TimeProvider clock) : Protocol
{
    /// <inheritdoc/>
    protected override void ConnectionMade()
    {
        string time = clock.GetUtcNow().ToString("ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture);
        Transport.Write($"{time}\r\n");
        Transport.LoseConnection();
    }
}
