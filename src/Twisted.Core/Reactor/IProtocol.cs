namespace Twisted.Internet;

/// <summary>
/// One side of one connection. Users derive from Protocol; only transports call this. Twisted: <c>IProtocol</c>.
/// </summary>
public interface IProtocol
{
    /// <summary>The connection is up: keep the transport and begin. Called once, first.</summary>
    /// <param name="transport">The connection.</param>
    void MakeConnection(ITransport transport);

    /// <summary>Bytes have come, in pieces of any size.</summary>
    /// <param name="data">The engine's own receive buffer: yours only until you return.</param>
    void DataReceived(ReadOnlySpan<byte> data);

    /// <summary>The connection is gone. Called once, last.</summary>
    /// <param name="reason">Why; <see cref="ConnectionDoneException"/> is the good end.</param>
    void ConnectionLost(Exception reason);
}
