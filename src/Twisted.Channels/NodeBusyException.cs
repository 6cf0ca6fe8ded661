namespace Twisted.Channels;

/// <summary>Too much waits for a node already: the message was not sent. Wait for WhenReady.</summary>
public sealed class NodeBusyException : Exception
{
    /// <summary>A message that was not sent.</summary>
    /// <param name="node">To whom.</param>
    public NodeBusyException(int node)
        : base($"Too much waits for node {node}: nothing was sent. Go on when WhenReady({node}) fires.") =>
        NodeId = node;

    /// <summary>To whom it was not sent.</summary>
    public int NodeId { get; }
}
