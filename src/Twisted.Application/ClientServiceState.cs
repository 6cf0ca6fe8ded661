namespace Twisted.Application;

/// <summary>What a <see cref="ClientService"/> is about.</summary>
public enum ClientServiceState
{
    /// <summary>It was never started.</summary>
    Idle,

    /// <summary>An attempt is under way, or the connection is being prepared.</summary>
    Connecting,

    /// <summary>An attempt has failed or the connection was lost: the next attempt comes after a while.</summary>
    Waiting,

    /// <summary>There is a connection, and it is prepared.</summary>
    Connected,

    /// <summary>It was stopped; the connection or the attempt is about to end.</summary>
    Disconnecting,

    /// <summary>It was stopped and started again before the connection had ended: then it connects.</summary>
    Restarting,

    /// <summary>It was stopped.</summary>
    Stopped,
}
