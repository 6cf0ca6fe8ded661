namespace Twisted.Channels;

/// <summary>A node cannot be reached, or went down before it has answered.</summary>
public sealed class NodeDownException : Exception
{
    /// <summary>A message that was not answered.</summary>
    /// <param name="node">To whom it was.</param>
    /// <param name="mayHaveArrived">Whether it may have arrived all the same.</param>
    /// <param name="inner">Why the node is down, where that is known.</param>
    public NodeDownException(int node, bool mayHaveArrived, Exception? inner = null)
        : base(Text(node, mayHaveArrived, inner), inner)
    {
        NodeId = node;
        MayHaveArrived = mayHaveArrived;
    }

    /// <summary>Who is down.</summary>
    public int NodeId { get; }

    /// <summary>
    /// Whether the message may have arrived, and its answer got lost. False: it has certainly not, so it can be sent
    /// again, later, without being there twice.
    /// </summary>
    public bool MayHaveArrived { get; }

    private static string Text(int node, bool mayHaveArrived, Exception? inner) => mayHaveArrived
        ? $"Node {node} went down before it has answered; the message may have arrived. {inner?.Message}".TrimEnd()
        : $"Node {node} is down: nothing was sent. {inner?.Message}".TrimEnd();
}
