namespace Twisted.Channels;

/// <summary>A message has arrived at its node and was not taken there.</summary>
public sealed class MessageRefusedException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="node">Who has refused it.</param>
    /// <param name="reason">Why.</param>
    public MessageRefusedException(int node, RefusalReason reason) : base(Text(node, reason))
    {
        NodeId = node;
        Reason = reason;
    }

    /// <summary>Who has refused it.</summary>
    public int NodeId { get; }

    /// <summary>Why.</summary>
    public RefusalReason Reason { get; }

    private static string Text(int node, RefusalReason reason) => reason switch
    {
        RefusalReason.NoSubscriber => $"Node {node} has nobody who takes the messages of that service.",
        RefusalReason.Busy => $"Node {node} is busy with too many messages: send again later.",
        _ => $"The receiver of node {node} has failed with the message; the log there says how.",
    };
}
