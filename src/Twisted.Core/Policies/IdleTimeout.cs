using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Calls once when nothing has happened for a while. Twisted: <c>TimeoutMixin</c>.</summary>
/// <remarks>
/// Reactor thread only. Make it in ConnectionMade, <see cref="Reset"/> it in DataReceived, dispose it in
/// ConnectionLost. A reset is cheap: it moves one timer.
/// </remarks>
public sealed class IdleTimeout : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly IDelayedCall _call;

    /// <summary>Begins to wait.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="timeout">How long nothing may happen; more than zero.</param>
    /// <param name="expired">What to call then.</param>
    public IdleTimeout(IReactorTime reactor, TimeSpan timeout, Action expired)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(expired);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        _timeout = timeout;
        _call = reactor.CallLater(timeout, expired);
    }

    /// <summary>Something has happened: waits anew. Does nothing after the timeout or after Dispose.</summary>
    public void Reset()
    {
        if (_call.IsActive)
            _call.Reset(_timeout);
    }

    /// <summary>Waits no more. Safe to repeat.</summary>
    public void Dispose() => _call.Cancel();
}
