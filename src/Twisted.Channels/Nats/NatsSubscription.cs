namespace Twisted.Channels.Nats;

/// <summary>What a client wants to get, on this connection and on each that follows.</summary>
internal sealed class NatsSubscription(
    NatsClient client, long number, string subject, string? queueGroup, long? left, NatsReceiver receiver) : IDisposable
{
    private long? _left = left;

    internal string Subject => subject;

    public void Dispose() => client.Unsubscribe(this, number);

    /// <summary>The lines that begin it.</summary>
    internal void Write(NatsProtocol to)
    {
        to.Line(queueGroup is null ? $"SUB {subject} {number}" : $"SUB {subject} {queueGroup} {number}");
        if (_left is { } most)
            to.Line($"UNSUB {number} {most}");
    }

    internal void Take(NatsMessage message)
    {
        if (_left is not null && --_left == 0)
            client.Forget(number); // the server has done so as well
        receiver(message);
    }
}
