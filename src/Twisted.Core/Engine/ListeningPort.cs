using System.Net;

namespace Twisted.Internet;

/// <summary>A listening stream port: accepts, builds protocols, survives the lack of descriptors.</summary>
internal sealed class ListeningPort : IListeningPort, IOpenPort, IConnectionOwner
{
    /// <summary>
    /// Connections taken in one go at the most, so that a flood of new clients does not starve the old.
    /// </summary>
    private const int MostAccepts = 100;

    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    private readonly ReactorBase _reactor;
    private readonly Func<IListenDriver> _open;
    private readonly IProtocolFactory _factory;
    private readonly Action _acceptAll;
    private readonly LogThrottle _turnedAway = new();
    private IListenDriver? _listener;
    private EndPoint? _host;
    private Deferred? _closing;
    private int _batch = MostAccepts;   // adapts to the load: saves the accept that would find nothing
    private TimeSpan _rest = FirstRest;
    private IDelayedCall? _resting;

    internal ListeningPort(ReactorBase reactor, Func<IListenDriver> open, IProtocolFactory factory)
    {
        _reactor = reactor;
        _open = open;
        _factory = factory;
        _acceptAll = reactor.Watched(AcceptAll, factory, "connections to accept");
    }

    public EndPoint Host => _host ?? throw new InvalidOperationException("This port has never listened.");

    public IPassedOnSocket? PassedOn => _listener as IPassedOnSocket;

    public void StartListening()
    {
        if (_listener is not null)
            throw new InvalidOperationException($"The port {_host} is listening already.");
        _reactor.EnsureNotShutDown("listen");
        _listener = _open();
        _host = _listener.Host;
        _reactor.Ports.Add(this);
        EngineLog.PortOpened(_reactor.Log, _factory, _host);
        try
        {
            OpenPort.Watch(_listener.SetListener, _acceptAll, _host);
            _factory.DoStart();
        }
        catch
        {
            // A factory that cannot start must not leave a port behind that nobody serves.
            Release();
            throw;
        }
    }

    public Deferred StopListening()
    {
        if (_listener is null)
            return _closing ?? Deferred.Succeed();
        Release();
        var closing = new Deferred();
        _closing = closing;
        _reactor.CallFromThread(() =>
        {
            _closing = null;
            StopFactory();
            closing.Callback();
        });
        return closing;
    }

    public void CloseNow()
    {
        if (_listener is null)
            return;
        Release();
        StopFactory();
    }

    public ValueTask DisposeAsync() => _reactor.IsInReactorThread || !_reactor.IsRunning
        ? new ValueTask(StopListening().AsTask())
        : new ValueTask(_reactor.InvokeAsync(() => StopListening().AddCallback(() => true)));

    ConnectionCounts IConnectionOwner.Counts => _reactor.Accepted;

    void IConnectionOwner.ConnectionEnded(Exception reason) => _reactor.Accepted.End();

    private void Release()
    {
        _resting?.Cancel();
        _listener!.SetListener(null);
        _listener.Close();
        _listener = null;
        _reactor.Ports.Remove(this);
        EngineLog.PortClosed(_reactor.Log, _host!);
    }

    private void StopFactory()
    {
        try
        {
            _factory.DoStop();
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "StopFactory");
        }
    }

    private void AcceptAll()
    {
        int accepted = 0;
        while (accepted < _batch && _listener is { } listener)
        {
            AcceptResult result = listener.Accept(out ISocketDriver? socket);
            if (result is AcceptResult.WouldBlock)
                break;
            if (result is AcceptResult.Exhausted && !TurnAway(listener))
                break;
            accepted++;
            if (socket is null)
                continue;
            _rest = FirstRest;
            Serve(socket);
            _reactor.Flush();
        }
        _batch = accepted == _batch ? Math.Min(_batch + 20, MostAccepts) : Math.Max(accepted, 1);
    }

    private void Serve(ISocketDriver socket)
    {
        IProtocol? protocol;
        try
        {
            protocol = _factory.BuildProtocol(socket.Peer);
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "BuildProtocol");
            protocol = null;
        }
        if (protocol is null)
        {
            socket.Close(abort: false);
            return;
        }
        _reactor.Accepted.Begin();
        new StreamTransport(_reactor, socket, this).Start(protocol);
    }

    /// <summary>
    /// No descriptor is left: the client is told at once, by the reserve; without one the port rests.
    /// </summary>
    private bool TurnAway(IListenDriver listener)
    {
        if (listener.Refuse())
        {
            if (_turnedAway.Count(_reactor.Now) is > 0 and int count)
                EngineLog.ClientsRefused(_reactor.Log, count, _host!);
            return true;
        }
        listener.SetListener(null);
        Rest();
        return false;
    }

    private void Rest()
    {
        EngineLog.PortRests(_reactor.Log, _host!, _rest);
        _resting = _reactor.CallLater(_rest, ListenAgain);
        _rest = TimeSpan.FromTicks(Math.Min(_rest.Ticks * 2, LongestRest.Ticks));
    }

    private void ListenAgain()
    {
        try
        {
            _listener!.SetListener(_acceptAll);
        }
        catch (IOException)
        {
            Rest(); // it lacks more than descriptors: a port that nobody watches would be dead for good
        }
    }
}
