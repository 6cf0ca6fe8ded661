namespace Twisted.Channels;

/// <summary>Who takes the messages of a service.</summary>
internal abstract class Subscription(string service, Action<Subscription> end) : IDisposable
{
    internal string Service => service;

    /// <summary>Whether it keeps messages, in copies, after it has returned.</summary>
    internal abstract bool Keeps { get; }

    /// <summary>Takes a message.</summary>
    /// <returns>Fires when it has finished; null when it has finished already.</returns>
    internal abstract Deferred? Take(int from, ReadOnlySpan<byte> payload);

    public void Dispose() => end(this);

    internal sealed class AtOnce(string service, MessageReceiver receiver, Action<Subscription> end)
        : Subscription(service, end)
    {
        internal override bool Keeps => false;

        internal override Deferred? Take(int from, ReadOnlySpan<byte> payload)
        {
            receiver(from, payload);
            return null;
        }
    }

    internal sealed class Later(
        string service, Func<int, ReadOnlyMemory<byte>, Deferred> receiver, Action<Subscription> end)
        : Subscription(service, end)
    {
        internal override bool Keeps => true;

        internal override Deferred? Take(int from, ReadOnlySpan<byte> payload) =>
            receiver(from, payload.ToArray())
                ?? throw new InvalidOperationException("The receiver has returned null instead of a Deferred.");
    }
}
