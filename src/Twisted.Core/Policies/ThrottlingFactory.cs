using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Keeps all connections of a factory together below a rate, in each direction.</summary>
/// <remarks>
/// Reading: when more has come than may, all connections are paused until the rate is kept. Writing: what is written
/// goes out, and producers are paused meanwhile, as Twisted does: a protocol that writes without a producer is not
/// slowed down. Twisted: <c>policies.ThrottlingFactory</c>.
/// </remarks>
public sealed class ThrottlingFactory : WrappingFactory
{
    private readonly IReactorTime _reactor;
    private readonly HashSet<ThrottledProtocol> _connections = [];
    private readonly Throttle? _reading;
    private readonly Throttle? _writing;

    /// <summary>Throttles the connections of a factory.</summary>
    /// <param name="inner">The factory.</param>
    /// <param name="reactor">The clock.</param>
    /// <param name="readLimit">Bytes a second; null for no limit.</param>
    /// <param name="writeLimit">Bytes a second; null for no limit.</param>
    public ThrottlingFactory(IProtocolFactory inner, IReactorTime reactor, long? readLimit = null,
        long? writeLimit = null) : base(inner)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        _reactor = reactor;
        if (readLimit is { } read)
            _reading = new Throttle(this, new TokenBucket(reactor, read), static protocol => protocol.Read());
        if (writeLimit is { } write)
            _writing = new Throttle(this, new TokenBucket(reactor, write), static protocol => protocol.Produce());
    }

    internal bool MayRead => _reading is not { IsOn: true };

    internal bool MayWrite => _writing is not { IsOn: true };

    internal void HasRead(int count) => _reading?.Use(count);

    internal void HasWritten(int count) => _writing?.Use(count);

    internal void Leave(ThrottledProtocol protocol) => _connections.Remove(protocol);

    /// <inheritdoc/>
    protected override IProtocol Wrap(IProtocol protocol)
    {
        var throttled = new ThrottledProtocol(this, protocol);
        _connections.Add(throttled);
        return throttled;
    }

    /// <summary>One direction: on from when its bucket is overdrawn until it is not.</summary>
    private sealed class Throttle(ThrottlingFactory factory, TokenBucket bucket, Action<ThrottledProtocol> changed)
    {
        internal bool IsOn { get; private set; }

        internal void Use(int count)
        {
            bucket.Use(count);
            if (IsOn || bucket.Wait is not { Ticks: > 0 } wait)
                return;
            IsOn = true;
            Tell();
            factory._reactor.CallLater(wait, Release);
        }

        private void Release()
        {
            if (bucket.Wait is { Ticks: > 0 } more)
            {
                factory._reactor.CallLater(more, Release);
                return;
            }
            IsOn = false;
            Tell();
        }

        private void Tell()
        {
            foreach (ThrottledProtocol protocol in factory._connections.ToArray())
                changed(protocol);
        }
    }
}
