using System.Net;

namespace Twisted.Application;

/// <summary>Knows the connections of its protocols, so that they can be asked to end.</summary>
/// <param name="inner">What builds the protocols.</param>
/// <param name="ended">Hears of each connection's end, after its protocol.</param>
internal sealed class TrackingFactory(IProtocolFactory inner, Action<TrackedProtocol>? ended = null)
    : WrappingFactory(inner)
{
    private Deferred? _empty;
    private Deferred? _waitedEnough;

    /// <summary>How many there may be; null for any number.</summary>
    internal ConnectionQuota? Quota { get; set; }

    internal HashSet<TrackedProtocol> Connections { get; } = [];

    /// <summary>The one that was built last.</summary>
    internal TrackedProtocol? Newest { get; private set; }

    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        if (Quota?.TryTake(peer) == false)
            return null;
        IProtocol? protocol = null;
        try
        {
            return protocol = base.BuildProtocol(peer);
        }
        finally
        {
            if (protocol is null)
                Quota?.GiveBack();
        }
    }

    /// <summary>Asks all to finish, and aborts those that have not by a deadline.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="patience">The deadline.</param>
    /// <param name="aborting">Is told how many are aborted.</param>
    internal async Deferred Drain(IReactorTime reactor, TimeSpan patience, Action<int> aborting)
    {
        foreach (TrackedProtocol connection in Connections.ToArray())
            connection.Drain();
        if (Connections.Count == 0)
            return;
        IDelayedCall deadline = reactor.CallLater(patience, () =>
        {
            aborting(Connections.Count);
            foreach (TrackedProtocol connection in Connections.ToArray())
                connection.AbortConnection();
        });
        await (_empty ??= new Deferred());
        deadline.Cancel();
    }

    /// <summary>Fires when no connection is left, at the latest by a deadline.</summary>
    internal async Deferred WhenEmpty(IReactorTime reactor, TimeSpan patience)
    {
        if (Connections.Count == 0)
            return;
        IDelayedCall deadline = reactor.CallLater(patience, () => Fire(ref _waitedEnough));
        await (_waitedEnough ??= new Deferred());
        deadline.Cancel();
    }

    internal void Ended(TrackedProtocol connection)
    {
        Connections.Remove(connection);
        Quota?.GiveBack();
        ended?.Invoke(connection);
        if (Connections.Count > 0)
            return;
        Fire(ref _empty);
        Fire(ref _waitedEnough);
    }

    private static void Fire(ref Deferred? waiting)
    {
        Deferred? fired = waiting;
        waiting = null;
        fired?.Callback();
    }

    protected override IProtocol Wrap(IProtocol protocol) => Newest = new TrackedProtocol(this, protocol);
}

/// <summary>One connection of a <see cref="TrackingFactory"/>.</summary>
internal sealed class TrackedProtocol(TrackingFactory owner, IProtocol inner) : ProtocolWrapper(inner)
{
    /// <summary>Why it ended; null while it has not.</summary>
    internal Exception? Reason { get; private set; }

    internal void Drain()
    {
        if (Inner.Ability<IDrainable>() is { } drainable)
            drainable.Drain();
        else
            LoseConnection();
    }

    protected override void ConnectionMade()
    {
        owner.Connections.Add(this);
        base.ConnectionMade();
    }

    protected override void ConnectionLost(Exception reason)
    {
        Reason = reason;
        try
        {
            base.ConnectionLost(reason);
        }
        finally
        {
            owner.Ended(this);
        }
    }
}
