namespace Twisted.Protocols.Wire;

/// <summary>Returns every byte (RFC 862). Twisted: <c>wire.Echo</c>.</summary>
/// <remarks>
/// It knows half close, so <c>cat file | nc -N host port</c> gets the whole file back, and it reads no faster than the
/// client does, so a client that only writes cannot fill the memory.
/// </remarks>
public sealed class Echo : Protocol, IHalfCloseableProtocol
{
    /// <inheritdoc/>
    protected override void ConnectionMade() => Transport.RegisterProducer((IPushProducer)Transport);

    /// <inheritdoc/>
    protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);

    void IHalfCloseableProtocol.ReadConnectionLost() => Transport.LoseConnection();

    void IHalfCloseableProtocol.WriteConnectionLost() { }
}
