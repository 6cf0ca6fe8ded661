using System.Net;

namespace Twisted.Internet;

/// <summary>An outgoing connection and its attempts. Reactor thread only. Twisted: <c>IConnector</c>.</summary>
public interface IConnector
{
    /// <summary>Where it connects to.</summary>
    EndPoint Destination { get; }

    /// <summary>Where it stands.</summary>
    ConnectorState State { get; }

    /// <summary>Tries again; a factory may call it inside its own events.</summary>
    /// <exception cref="InvalidOperationException">It is connecting or connected.</exception>
    void Connect();

    /// <summary>Ends an attempt; the factory hears <see cref="ConnectingCancelledException"/>.</summary>
    /// <exception cref="InvalidOperationException">It is not connecting.</exception>
    void StopConnecting();

    /// <summary>Ends whatever there is: the attempt or the connection.</summary>
    void Disconnect();
}
