using System.Buffers;
using System.Net;

namespace Twisted.Internet;

/// <summary>One connection, as its protocol sees it.</summary>
/// <remarks>
/// Reactor thread only. Writes never block and never throw for a dead peer; they gather and go out when the callback
/// returns. It is an <see cref="IBufferWriter{T}"/>, so that encoders write in place, and an
/// <see cref="IPushProducer"/>, so that one transport can feed another. Twisted: <c>ITransport</c>.
/// </remarks>
public interface ITransport : IConsumer, IPushProducer, IBufferWriter<byte>
{
    /// <summary>The other side. Twisted: <c>getPeer()</c>.</summary>
    EndPoint Peer { get; }

    /// <summary>This side. Twisted: <c>getHost()</c>.</summary>
    EndPoint Host { get; }

    /// <summary>
    /// Whether <see cref="LoseConnection"/> or <see cref="AbortConnection"/> was called and ConnectionLost has not
    /// come yet.
    /// </summary>
    bool IsDisconnecting { get; }

    /// <summary>Takes bytes. A null array is a mistake, not an empty write.</summary>
    /// <param name="data">The bytes.</param>
    void Write(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Write(data.AsSpan());
    }

    /// <summary>Stops reading, sends what is buffered, then closes. Safe to repeat.</summary>
    /// <remarks>
    /// It waits for a pull producer, and for a push producer that is paused, to write what they have and unregister.
    /// A peer that never reads makes it wait for ever: add a timer that aborts.
    /// </remarks>
    void LoseConnection();

    /// <summary>Throws away what is buffered and resets the connection. Safe to repeat.</summary>
    void AbortConnection();

    /// <summary>An ability of this transport or of one below it, or null; see <see cref="ITcpTransport"/>.</summary>
    /// <typeparam name="T">The ability's interface.</typeparam>
    T? Get<T>() where T : class;
}
