using System.Net;

namespace Twisted.Internet;

/// <summary>A datagram port, as its protocol sees it. Reactor thread only. Twisted: <c>IUDPTransport</c>.</summary>
public interface IDatagramTransport
{
    /// <summary>Where it is bound.</summary>
    EndPoint Host { get; }

    /// <summary>Sends one datagram.</summary>
    /// <param name="data">Its bytes.</param>
    /// <param name="peer">To whom.</param>
    /// <exception cref="MessageLengthException">It is too long.</exception>
    void Write(ReadOnlySpan<byte> data, IPEndPoint peer);

    /// <summary>Sends one datagram to the peer of <see cref="Connect"/>.</summary>
    /// <param name="data">Its bytes.</param>
    void Write(ReadOnlySpan<byte> data);

    /// <summary>Talks to one peer only from now on.</summary>
    /// <param name="peer">The peer.</param>
    /// <exception cref="InvalidOperationException">It is connected already.</exception>
    void Connect(IPEndPoint peer);

    /// <summary>Closes the port.</summary>
    Deferred StopListening();

    /// <summary>An ability of this transport, or null.</summary>
    /// <typeparam name="T">The ability's interface.</typeparam>
    T? Get<T>() where T : class;
}
