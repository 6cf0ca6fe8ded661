namespace Twisted.Internet;

/// <summary>Where an <see cref="IConnector"/> stands.</summary>
public enum ConnectorState
{
    /// <summary>No connection and no attempt.</summary>
    Disconnected,

    /// <summary>An attempt is under way.</summary>
    Connecting,

    /// <summary>The connection is up.</summary>
    Connected,
}
