using System.Net;

namespace Twisted.Internet;

/// <summary>
/// A UNIX datagram port, as its protocol sees it. Reactor thread only. Twisted: <c>IUNIXDatagramTransport</c> and
/// <c>IUNIXDatagramConnectedTransport</c>.
/// </summary>
public interface IUnixDatagramTransport
{
    /// <summary>Where it is bound; without a path of its own, an endpoint whose text is empty.</summary>
    EndPoint Host { get; }

    /// <summary>Sends one datagram. A receiver that is full or gone loses it.</summary>
    /// <param name="data">Its bytes.</param>
    /// <param name="path">To whom.</param>
    /// <exception cref="MessageLengthException">It is too long.</exception>
    /// <exception cref="InvalidOperationException">The port is connected to another peer.</exception>
    void Write(ReadOnlySpan<byte> data, string path);

    /// <summary>Sends one datagram to the connected peer.</summary>
    /// <param name="data">Its bytes.</param>
    /// <exception cref="MessageLengthException">It is too long.</exception>
    /// <exception cref="InvalidOperationException">The port is not connected.</exception>
    void Write(ReadOnlySpan<byte> data);

    /// <summary>Closes the port.</summary>
    Deferred StopListening();

    /// <summary>An ability of this transport, or null.</summary>
    /// <typeparam name="T">The ability's interface.</typeparam>
    T? Get<T>() where T : class;
}
