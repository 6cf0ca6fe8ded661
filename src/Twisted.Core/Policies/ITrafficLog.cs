using System.Net;

namespace Twisted.Protocols;

/// <summary>Is told what passes on the connections of a <see cref="TrafficLoggingFactory"/>. Reactor thread.</summary>
public interface ITrafficLog
{
    /// <summary>A connection is up.</summary>
    /// <param name="connection">Its number, from 1.</param>
    /// <param name="host">Our address.</param>
    /// <param name="peer">Theirs.</param>
    void Connected(long connection, EndPoint host, EndPoint peer);

    /// <summary>Bytes have come.</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="data">Yours only until you return.</param>
    void Received(long connection, ReadOnlySpan<byte> data);

    /// <summary>Bytes were written.</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="data">Yours only until you return.</param>
    void Sent(long connection, ReadOnlySpan<byte> data);

    /// <summary>A connection is gone.</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="reason">Why.</param>
    void Disconnected(long connection, Exception reason);
}
