using System.Net;

namespace Twisted.Internet;

/// <summary>One attempt: the name is resolved, then its addresses are tried in turn until one answers.</summary>
internal sealed class ConnectAttempt(
    ReactorBase reactor, EndPoint destination, EndPoint? bind, Action<ISocketDriver> made,
    Action<ConnectException> failed)
    : ISocketEvents
{
    private readonly Queue<EndPoint> _addresses = [];
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
        if (!keepSocket)
            _socket?.Close(abort: false);
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
                _socket = reactor.Driver.Connect(address, bind);
                if (_socket.SetInterest(this, read: false, write: true))
                    return;
                last = FailureText.Connecting(_socket.Failure);
                _socket.Close(abort: false);
                _socket = null;
            }
            catch (ConnectException failure)
            {
                last = failure;
            }
        }
        failed(last);
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
            socket.Close(abort: false);
            _socket = null;
            TryNext(FailureText.Connecting(failure));
        }
        reactor.Flush();
    }
}
