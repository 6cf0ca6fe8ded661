using System.Buffers.Binary;

namespace Twisted.Protocols.Wire;

/// <summary>Sends the seconds since 1900 as four bytes and closes (RFC 868). Twisted: <c>wire.Time</c>.</summary>
/// <param name="clock">The clock.</param>
/// <remarks>The number wraps round in 2036, as the RFC has it.</remarks>
public sealed class TimeProtocol(TimeProvider clock) : Protocol
{
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    protected override void ConnectionMade()
    {
        var seconds = (long)(clock.GetUtcNow() - Epoch).TotalSeconds;
        BinaryPrimitives.WriteUInt32BigEndian(Transport.GetSpan(4), unchecked((uint)seconds));
        Transport.Advance(4);
        Transport.LoseConnection();
    }
}
