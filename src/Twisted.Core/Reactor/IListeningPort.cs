using System.Net;

namespace Twisted.Internet;

/// <summary>A port that listens. Disposing it stops it. Twisted: <c>IListeningPort</c>.</summary>
public interface IListeningPort : IAsyncDisposable
{
    /// <summary>Where it listens, with the real port number.</summary>
    EndPoint Host { get; }

    /// <summary>Listens again after <see cref="StopListening"/>.</summary>
    /// <exception cref="CannotListenException">The port cannot be had.</exception>
    void StartListening();

    /// <summary>Stops accepting. Connections that exist stay.</summary>
    /// <returns>Fires in the next iteration, when the port is closed; at once when it is closed already.</returns>
    Deferred StopListening();
}
