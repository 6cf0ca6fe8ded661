namespace Twisted.Internet;

/// <summary>Connects again when a connection fails or is lost, waiting longer each time.</summary>
/// <remarks>
/// Call <see cref="ResetDelay"/> when a connection has proved good: in BuildProtocol, or later. Reactor thread only.
/// Differs from Twisted's where that is known to be wrong: the first wait is the initial one, no wait is negative or
/// longer than the limit, and the randomness of one is not carried on to the next. Between attempts the factory stays
/// started. Twisted: <c>ReconnectingClientFactory</c>.
/// </remarks>
public abstract class ReconnectingClientFactory : ClientFactory
{
    private readonly BackoffPolicy _backoff;
    private readonly Random _random;
    private TimeSpan? _delay;
    private bool _tries = true;
    private IDelayedCall? _waiting;
    private IConnector? _connector;

    /// <summary>A factory that reconnects.</summary>
    /// <param name="reactor">The clock of the waits.</param>
    /// <param name="backoff">How long to wait; Twisted's figures unless given.</param>
    protected ReconnectingClientFactory(IReactorTime reactor, BackoffPolicy? backoff = null)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        Clock = reactor;
        _backoff = backoff ?? new BackoffPolicy();
        _random = _backoff.Random ?? new Random();
    }

    /// <summary>The clock of the waits.</summary>
    protected IReactorTime Clock { get; }

    /// <summary>Attempts since the last good connection.</summary>
    public int Retries { get; private set; }

    /// <summary>
    /// The connection is good: the next wait is the first one again. It also goes on after StopTrying.
    /// </summary>
    public void ResetDelay()
    {
        _delay = null;
        Retries = 0;
        _tries = true;
    }

    /// <summary>Connects no more; a wait or an attempt that is under way ends.</summary>
    public void StopTrying()
    {
        _tries = false;
        if (_waiting is not null)
            EndWait();
        else if (_connector?.State == ConnectorState.Connecting)
            _connector.StopConnecting();
    }

    /// <inheritdoc/>
    protected override void StartedConnecting(IConnector connector) => _connector = connector;

    /// <inheritdoc/>
    protected override void ClientConnectionFailed(IConnector connector, Exception reason) => Retry(connector);

    /// <inheritdoc/>
    protected override void ClientConnectionLost(IConnector connector, Exception reason) => Retry(connector);

    /// <summary>Waits, then connects again, unless it was told to stop or has tried often enough.</summary>
    /// <param name="connector">The connector.</param>
    protected void Retry(IConnector connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        if (!_tries || Retries >= _backoff.MaxRetries)
            return;
        Retries++;
        _delay = Next(_delay);
        ((IProtocolFactory)this).DoStart(); // in use while it waits
        _waiting = Clock.CallLater(Jittered(_delay.Value), Reconnect, connector);
    }

    private void Reconnect(IConnector connector)
    {
        connector.Connect();
        EndWait();
    }

    private void EndWait()
    {
        _waiting?.Cancel();
        _waiting = null;
        ((IProtocolFactory)this).DoStop();
    }

    private TimeSpan Next(TimeSpan? last)
    {
        TimeSpan next = last is null ? _backoff.InitialDelay : last.Value * _backoff.Factor;
        return next < _backoff.MaxDelay ? next : _backoff.MaxDelay;
    }

    /// <summary>
    /// The randomness is of this wait alone: carried on, one short wait would shorten all that follow.
    /// </summary>
    private TimeSpan Jittered(TimeSpan delay)
    {
        double seconds = delay.TotalSeconds * (1 + (Gaussian() * _backoff.Jitter));
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, _backoff.MaxDelay.TotalSeconds));
    }

    /// <summary>A normally distributed number: mean 0, deviation 1 (Box and Muller's method).</summary>
    private double Gaussian() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
