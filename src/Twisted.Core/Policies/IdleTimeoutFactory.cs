using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Ends connections on which nothing was received or written for a while.</summary>
/// <remarks>
/// They are closed cleanly; one whose peer does not even take what is buffered is aborted after the same time again.
/// Twisted: <c>policies.TimeoutFactory</c>.
/// </remarks>
public sealed class IdleTimeoutFactory : WrappingFactory
{
    private readonly IReactorTime _reactor;
    private readonly TimeSpan _timeout;

    /// <summary>Watches the connections of a factory.</summary>
    /// <param name="inner">The factory.</param>
    /// <param name="reactor">The clock.</param>
    /// <param name="timeout">How long nothing may happen; 30 minutes unless given.</param>
    public IdleTimeoutFactory(IProtocolFactory inner, IReactorTime reactor, TimeSpan? timeout = null) : base(inner)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        _reactor = reactor;
        _timeout = timeout ?? TimeSpan.FromMinutes(30);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_timeout, TimeSpan.Zero, nameof(timeout));
    }

    /// <inheritdoc/>
    protected override IProtocol Wrap(IProtocol protocol) => new Watched(protocol, _reactor, _timeout);

    private sealed class Watched(IProtocol inner, IReactorTime reactor, TimeSpan timeout) : ProtocolWrapper(inner)
    {
        private IDelayedCall? _expiry;

        protected override void ConnectionMade()
        {
            _expiry = reactor.CallLater(timeout, Expire);
            base.ConnectionMade();
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            Touch();
            base.DataReceived(data);
        }

        public override void Write(ReadOnlySpan<byte> data)
        {
            Touch();
            base.Write(data);
        }

        public override void Advance(int count)
        {
            Touch();
            base.Advance(count);
        }

        protected override void ConnectionLost(Exception reason)
        {
            _expiry?.Cancel();
            base.ConnectionLost(reason);
        }

        private void Touch()
        {
            if (!IsDisconnecting && _expiry is { IsActive: true })
                _expiry.Reset(timeout);
        }

        private void Expire()
        {
            Below.LoseConnection();
            _expiry = reactor.CallLater(timeout, Below.AbortConnection);
        }
    }
}
