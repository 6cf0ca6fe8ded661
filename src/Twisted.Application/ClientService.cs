using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Application;

/// <summary>
/// A connection that comes back: connects when it starts, connects again when that fails or the connection is lost,
/// with waits that grow. Twisted: <c>ClientService</c>.
/// </summary>
/// <remarks>
/// Reactor thread only. <see cref="State"/> says what it is about; each event moves it as Twisted's machine does
/// (BEHAVIOUR D6).
/// </remarks>
public sealed class ClientService : Service
{
    private static readonly ConditionalWeakTable<IReactorTime, DeferredSemaphore> Connecting = [];

    private readonly IReactorTime _reactor;
    private readonly IStreamClientEndpoint _endpoint;
    private readonly ClientServiceOptions _options;
    private readonly DeferredSemaphore _connecting;
    private readonly TrackingFactory _factory;
    private readonly ILogger _log;
    private readonly Random _random;
    private readonly List<Waiter> _waiters = [];
    private Deferred? _stopped;             // fires when it has stopped; there while it is about to
    private Deferred<TrackedProtocol>? _attempt;
    private TrackedProtocol? _connection;   // while Connected, Disconnecting or Restarting
    private IDelayedCall? _retry;

    /// <summary>A client for an endpoint.</summary>
    /// <param name="reactor">The clock of the waits.</param>
    /// <param name="endpoint">Where to connect.</param>
    /// <param name="factory">What builds the protocols. Not one that reconnects by itself.</param>
    /// <param name="options">The usual ones unless given.</param>
    /// <param name="log">Where failed attempts are told; nowhere unless given.</param>
    /// <exception cref="ArgumentException">The factory reconnects by itself.</exception>
    public ClientService(IReactorTime reactor, IStreamClientEndpoint endpoint, IProtocolFactory factory,
        ClientServiceOptions? options = null, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(factory);
        if (factory is ReconnectingClientFactory)
            throw new ArgumentException(
                $"{factory.GetType().Name} reconnects by itself, and so does ClientService: use one of the two.",
                nameof(factory));
        _reactor = reactor;
        _endpoint = endpoint;
        _options = options ?? new ClientServiceOptions();
        _connecting = _options.Connecting ?? Connecting.GetValue(
            reactor, static _ => new DeferredSemaphore(ClientServiceOptions.UsualConnecting));
        _factory = new TrackingFactory(factory, Ended);
        _log = log ?? NullLogger.Instance;
        _random = _options.Random ?? new Random();
    }

    /// <summary>What it is about.</summary>
    public ClientServiceState State { get; private set; }

    /// <summary>Attempts that have failed since there was a connection.</summary>
    public int FailedAttempts { get; private set; }

    /// <summary>The protocol of the connection; null while there is none.</summary>
    public IProtocol? Protocol => State == ClientServiceState.Connected ? _connection!.Inner : null;

    /// <summary>The protocol of the connection that there is, or of the next. Twisted: <c>whenConnected</c>.</summary>
    /// <param name="failAfterFailures">
    /// After so many failed attempts it fails with the last one's reason; null waits however long it takes.
    /// </param>
    /// <returns>Fails with <see cref="OperationCanceledException"/> when the service is stopped.</returns>
    public Deferred<IProtocol> WhenConnected(int? failAfterFailures = null)
    {
        if (failAfterFailures is { } failures)
            ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1, nameof(failAfterFailures));
        if (State == ClientServiceState.Connected)
            return Deferred.Succeed(_connection!.Inner);
        if (State == ClientServiceState.Stopped)
            return Deferred.Fail<IProtocol>(HasStopped());
        var waiter = new Waiter(failAfterFailures);
        waiter.Result = new Deferred<IProtocol>(_ => _waiters.Remove(waiter));
        _waiters.Add(waiter);
        return waiter.Result;
    }

    /// <summary>Begins to connect.</summary>
    /// <returns>Fires at once: see <see cref="WhenConnected"/> for the connection.</returns>
    public override Deferred StartService()
    {
        if (State is ClientServiceState.Idle or ClientServiceState.Stopped)
            Connect();
        else if (State == ClientServiceState.Disconnecting)
            State = ClientServiceState.Restarting;
        return base.StartService();
    }

    /// <summary>Closes the connection, or gives up the attempt.</summary>
    /// <returns>Fires when the connection has ended.</returns>
    public override Deferred StopService()
    {
        base.StopService().Forget();
        switch (State)
        {
            case ClientServiceState.Idle or ClientServiceState.Stopped:
                BecomeStopped();
                return Deferred.Succeed();
            case ClientServiceState.Waiting:
                _retry!.Cancel();
                BecomeStopped();
                return Deferred.Succeed();
            case ClientServiceState.Connecting:
                State = ClientServiceState.Disconnecting;
                Deferred givenUp = WhenStopped();
                _attempt!.Cancel();
                return givenUp;
            case ClientServiceState.Connected:
                State = ClientServiceState.Disconnecting;
                Deferred closed = WhenStopped();
                Close();
                return closed;
            default: // on its way already
                State = ClientServiceState.Disconnecting;
                return WhenStopped();
        }
    }

    private void Connect()
    {
        State = ClientServiceState.Connecting;
        Deferred<TrackedProtocol> attempt = _attempt = TryOnce();
        attempt.AddCallbacks(Made, Failed).Forget();
    }

    private async Deferred<TrackedProtocol> TryOnce()
    {
        using (await _connecting.Acquire())
            await _endpoint.Connect(_factory);
        TrackedProtocol connection = _connection = _factory.Newest!;
        try
        {
            if (_options.PrepareConnection is { } prepare)
                await prepare(connection.Inner);
            if (connection.Reason is { } reason)
                throw new ConnectionLostException($"The connection was lost before it was ready: {reason.Message}");
            return connection;
        }
        catch (Exception)
        {
            connection.AbortConnection();
            throw;
        }
    }

    private void Made(TrackedProtocol connection)
    {
        _attempt = null;
        if (State != ClientServiceState.Connecting) // the attempt could not be given up in time
        {
            Close();
            return;
        }
        State = ClientServiceState.Connected;
        FailedAttempts = 0;
        Tell(waiter => waiter.Callback(connection.Inner));
    }

    private void Failed(Exception reason)
    {
        _attempt = null;
        _connection = null;
        if (State != ClientServiceState.Connecting)
        {
            Disconnected();
            return;
        }
        FailedAttempts++;
        TimeSpan delay = Wait();
        ApplicationLog.ConnectFailed(_log, this, reason.Message, FailedAttempts + 1, delay);
        foreach (Waiter waiter in _waiters.Where(waiter => waiter.HasFailed()).ToArray())
        {
            _waiters.Remove(waiter);
            waiter.Result.Errback(reason);
        }
    }

    /// <summary>A connection has ended; of one that is not ready yet the attempt hears.</summary>
    private void Ended(TrackedProtocol connection)
    {
        if (connection != _connection)
            return;
        if (_attempt is { } attempt)
        {
            attempt.Cancel(); // what prepares it waits for nothing any more
            return;
        }
        _connection = null;
        if (State != ClientServiceState.Connected)
        {
            Disconnected();
            return;
        }
        FailedAttempts = 0;
        Wait();
    }

    /// <summary>Nothing is open or under way, after a stop.</summary>
    private void Disconnected()
    {
        if (State != ClientServiceState.Restarting)
        {
            BecomeStopped();
            return;
        }
        TellStopped();
        Connect();
    }

    private TimeSpan Wait()
    {
        State = ClientServiceState.Waiting;
        double longest = _options.InitialDelay.TotalSeconds * Math.Pow(_options.Factor, FailedAttempts + 1);
        // A power may be infinite: the limit comes first.
        TimeSpan delay = TimeSpan.FromSeconds(Math.Min(longest, _options.MaxDelay.TotalSeconds) * _random.NextDouble());
        _retry = _reactor.CallLater(delay, Connect);
        return delay;
    }

    /// <summary>Asks the connection to end, and aborts it when it does not.</summary>
    private void Close() => _factory.Drain(_reactor, _options.DrainTimeout,
        left => ApplicationLog.NotDrained(_log, left, this, _options.DrainTimeout)).Forget();

    private Deferred WhenStopped()
    {
        var stopped = new Deferred();
        (_stopped ??= new Deferred()).AddCallback(stopped.Callback).Forget();
        return stopped;
    }

    private void BecomeStopped()
    {
        State = ClientServiceState.Stopped;
        Tell(waiter => waiter.Errback(HasStopped()));
        TellStopped();
    }

    private void TellStopped()
    {
        Deferred? stopped = _stopped;
        _stopped = null;
        stopped?.Callback();
    }

    private void Tell(Action<Deferred<IProtocol>> tell)
    {
        Waiter[] waiters = [.. _waiters];
        _waiters.Clear();
        foreach (Waiter waiter in waiters)
            tell(waiter.Result);
    }

    private OperationCanceledException HasStopped() => new($"{this} was stopped: there will be no connection.");

    /// <summary>Somebody who waits for a connection.</summary>
    private sealed class Waiter(int? failures)
    {
        private int? _failuresLeft = failures;

        internal Deferred<IProtocol> Result { get; set; } = null!;

        /// <summary>One more attempt has failed.</summary>
        /// <returns>Whether that was one too many.</returns>
        internal bool HasFailed() => _failuresLeft is not null && --_failuresLeft == 0;
    }
}
