using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>One attempt: the name is resolved, then its addresses are tried in turn until one answers.</summary>
internal sealed class ConnectAttempt(
    ReactorBase reactor, EndPoint destination, Func<EndPoint, ISocketDriver> open, Action<ISocketDriver> made,
    Action<ConnectException> failed)
    : ISocketEvents
{
    private static readonly TimeSpan FullQueue = TimeSpan.FromMilliseconds(10);

    private readonly Queue<EndPoint> _addresses = [];
    private IDelayedCall? _waiting;
    private Deferred? _resolving;
    private ISocketDriver? _socket;
    private bool _ended;

    internal EndPoint Destination => destination;

    internal void Begin()
    {
        if (_ended)
            return;
        reactor.Attempts.Add(this);
        if (destination is not DnsEndPoint name)
        {
            _addresses.Enqueue(destination);
            TryNext(new ConnectFailedException());
            return;
        }
        Deferred<IReadOnlyList<IPAddress>> resolving = reactor.Resolve(name.Host);
        _resolving = resolving;
        resolving.AddCallbacks(
            addresses => Resolved(name, addresses),
            failure => Unresolved(name, failure));
    }

    /// <summary>Nothing more is tried or told.</summary>
    /// <param name="keepSocket">The socket has found its owner.</param>
    internal void End(bool keepSocket)
    {
        _ended = true;
        reactor.Attempts.Remove(this);
        _resolving?.Cancel();
        _waiting?.Cancel();
        if (!keepSocket)
            CloseSocket();
    }

    /// <summary>Ends it from outside.</summary>
    internal void Fail(ConnectException reason) => failed(reason);

    private void Resolved(DnsEndPoint name, IReadOnlyList<IPAddress> addresses)
    {
        if (_ended)
            return;
        foreach (IPAddress address in addresses)
            _addresses.Enqueue(new IPEndPoint(address, name.Port));
        TryNext(new DnsLookupException($"DNS lookup failed: {name.Host} has no address."));
    }

    private void Unresolved(DnsEndPoint name, Exception failure)
    {
        if (!_ended)
            failed(failure as DnsLookupException
                ?? new DnsLookupException($"DNS lookup failed: {name.Host}: {failure.Message}", failure));
    }

    private void TryNext(ConnectException last)
    {
        while (_addresses.TryDequeue(out EndPoint? address))
        {
            try
            {
                _socket = open(address);
                if (_socket.SetInterest(this, read: false, write: true))
                    return;
                OsFailure failure = _socket.Failure;
                CloseSocket();
                if (TryAgainLater(failure, address))
                    return;
                last = FailureText.Connecting(failure);
            }
            catch (ConnectException failure)
            {
                last = failure;
            }
        }
        failed(last);
    }

    /// <summary>A UNIX port that holds as many clients as it may tells nobody when it has room again.</summary>
    private bool TryAgainLater(OsFailure failure, EndPoint address)
    {
        if (failure.Kind != SocketError.WouldBlock)
            return false;
        _addresses.Enqueue(address);
        _waiting = reactor.CallLater(FullQueue, () => TryNext(new ConnectFailedException()));
        return true;
    }

    private void CloseSocket()
    {
        _socket?.Close(abort: false);
        _socket = null;
    }

    void ISocketEvents.OnReadable() { }

    void ISocketEvents.OnWritable()
    {
        ISocketDriver socket = _socket!;
        if (socket.FinishConnecting())
            made(socket);
        else
        {
            OsFailure failure = socket.Failure;
            CloseSocket();
            if (!TryAgainLater(failure, socket.Peer))
                TryNext(FailureText.Connecting(failure));
        }
        reactor.Flush();
    }
}
