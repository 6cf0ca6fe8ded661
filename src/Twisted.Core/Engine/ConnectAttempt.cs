using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// One attempt: a name is resolved and its addresses are tried, IPv6 and IPv4 in turn, each a moment after the one
/// before or as soon as that has failed; the first to answer wins (RFC 8305, "happy eyeballs").
/// </summary>
internal sealed class ConnectAttempt(
    ReactorBase reactor, EndPoint destination, Func<EndPoint, ISocketDriver> open, TcpConnectOptions options,
    Action<ISocketDriver> made, Action<ConnectException> failed)
{
    /// <summary>How long the first IPv4 address waits for an IPv6 one (RFC 8305, 3).</summary>
    private static readonly TimeSpan ResolutionDelay = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan FullQueue = TimeSpan.FromMilliseconds(10);

    private readonly Queue<EndPoint> _preferred = []; // IPv6, and what has no family to choose from
    private readonly Queue<EndPoint> _other = [];     // IPv4
    private readonly List<AddressAttempt> _running = [];
    private readonly List<(EndPoint Address, ConnectException Reason)> _failures = [];
    private HostLookup? _lookup;
    private IDelayedCall? _pause;   // until the next address may be tried
    private bool _lookedUp;
    private bool _begun;            // an address has been tried
    private bool _otherIsNext;
    private bool _ended;

    internal EndPoint Destination => destination;

    internal void Begin()
    {
        if (_ended)
            return;
        if (reactor.HasShutDown)
        {
            Cancel(); // begun by the very last callbacks
            return;
        }
        reactor.Attempts.Add(this);
        if (destination is DnsEndPoint name)
        {
            _lookup = new HostLookup(
                reactor, name.Host, address => Found(new IPEndPoint(address, name.Port)), LookedUp);
            _lookup.Begin();
            return;
        }
        _preferred.Enqueue(destination);
        _lookedUp = true;
        GoOn();
    }

    /// <summary>Nothing more is tried or told.</summary>
    internal void End()
    {
        _ended = true;
        reactor.Attempts.Remove(this);
        _lookup?.Cancel();
        _pause?.Cancel();
        foreach (AddressAttempt attempt in _running)
            attempt.Close();
    }

    /// <summary>The reactor shuts down. Another one's failure may have led its user to end this one before.</summary>
    internal void Cancel()
    {
        if (!_ended)
            failed(new ConnectingCancelledException("The reactor was stopped while connecting."));
    }

    /// <summary>The time for all of it is over.</summary>
    internal void TimeOut() =>
        failed(FailureText.TimedOut(_failures, [.. _running.Select(attempt => attempt.Address)]));

    private void Found(IPEndPoint address)
    {
        if (options.BindAddress is { } bind && bind.AddressFamily != address.AddressFamily)
            return;
        bool isPreferred = address.AddressFamily == AddressFamily.InterNetworkV6;
        (isPreferred ? _preferred : _other).Enqueue(address);
        if (_begun)
            GoOn();
        else if (isPreferred)
            GoOnAtOnce();
        else
            _pause ??= reactor.CallLater(ResolutionDelay, GoOn);
    }

    private void LookedUp(DnsLookupException? failure)
    {
        _lookedUp = true;
        if (failure is not null)
            failed(failure);
        else if (_begun)
            GoOn();
        else
            GoOnAtOnce();
    }

    private void GoOnAtOnce()
    {
        _pause?.Cancel();
        GoOn();
    }

    private void GoOn()
    {
        if (_ended || _pause is { IsActive: true })
            return;
        while (TakeNext() is { } address)
        {
            if (!Try(address))
                continue;
            if (_pause is not { IsActive: true } && (!_lookedUp || _preferred.Count + _other.Count > 0))
                _pause = reactor.CallLater(options.AttemptDelay, GoOn);
            return;
        }
        if (_running.Count == 0 && _lookedUp)
            failed(_failures.Count > 0
                ? FailureText.Connecting(_failures)
                : new DnsLookupException(
                    $"DNS lookup failed: {destination.Host} has no address of the family of {options.BindAddress}."));
    }

    private EndPoint? TakeNext()
    {
        (Queue<EndPoint> first, Queue<EndPoint> second) = _otherIsNext ? (_other, _preferred) : (_preferred, _other);
        if (!first.TryDequeue(out EndPoint? address) && !second.TryDequeue(out address))
            return null;
        _otherIsNext = address.AddressFamily != AddressFamily.InterNetwork;
        return address;
    }

    private bool Try(EndPoint address)
    {
        _begun = true;
        try
        {
            ISocketDriver socket = open(address);
            var attempt = new AddressAttempt(this, socket, address);
            ISocketEvents events = reactor.Stalls is { } stalls
                ? new WatchedEvents(stalls, attempt, () => made)
                : attempt;
            if (socket.SetInterest(events, read: false, write: true))
            {
                _running.Add(attempt);
                if (_lookup is not null) // the one address of a connection without a name has all the time there is
                    attempt.Limit(reactor, options.AttemptTimeout);
                return true;
            }
            OsFailure failure = socket.Failure;
            socket.Close(abort: false);
            if (TryAgainLater(failure, address))
                return true;
            _failures.Add((address, FailureText.Connecting(failure)));
        }
        catch (ConnectException failure)
        {
            _failures.Add((address, failure));
        }
        return false;
    }

    private void Answered(AddressAttempt attempt, ISocketDriver socket)
    {
        if (socket.FinishConnecting())
        {
            _running.Remove(attempt);
            attempt.Keep();
            made(socket);
        }
        else
        {
            OsFailure failure = socket.Failure;
            if (TryAgainLater(failure, attempt.Address))
                Drop(attempt);
            else
                Failed(attempt, FailureText.Connecting(failure));
        }
        reactor.Flush();
    }

    /// <summary>A UNIX port that holds as many clients as it may tells nobody when it has room again.</summary>
    private bool TryAgainLater(OsFailure failure, EndPoint address)
    {
        if (failure.Kind != SocketError.WouldBlock)
            return false;
        _pause?.Cancel();
        _pause = reactor.CallLater(FullQueue, GoOn);
        _preferred.Enqueue(address);
        return true;
    }

    private void Drop(AddressAttempt attempt)
    {
        _running.Remove(attempt);
        attempt.Close();
    }

    private void Failed(AddressAttempt attempt, ConnectException reason)
    {
        Drop(attempt);
        _failures.Add((attempt.Address, reason));
        GoOnAtOnce();
    }

    /// <summary>One address that is being tried.</summary>
    private sealed class AddressAttempt(ConnectAttempt owner, ISocketDriver socket, EndPoint address) : ISocketEvents
    {
        private IDelayedCall? _limit;

        internal EndPoint Address => address;

        internal void Limit(ReactorBase reactor, TimeSpan timeout) => _limit = reactor.CallLater(
            timeout, () => owner.Failed(this, new ConnectTimeoutException()));

        internal void Keep() => _limit?.Cancel();

        internal void Close()
        {
            _limit?.Cancel();
            socket.Close(abort: false);
        }

        void ISocketEvents.OnReadable() { }

        void ISocketEvents.OnWritable() => owner.Answered(this, socket);
    }
}
