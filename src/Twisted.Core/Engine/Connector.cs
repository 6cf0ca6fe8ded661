using System.Diagnostics;
using System.Net;

namespace Twisted.Internet;

/// <summary>An outgoing connection: attempts, their timeout, and what the factory hears of them.</summary>
internal sealed class Connector(
    ReactorBase reactor, EndPoint destination, IClientFactory factory, TimeSpan timeout,
    Func<EndPoint, ISocketDriver> open, TcpConnectOptions? options = null)
    : IConnector, IConnectionOwner
{
    private ConnectAttempt? _attempt;
    private StreamTransport? _transport;
    private IDelayedCall? _timer;
    private Activity? _span;        // of the attempt, while somebody traces
    private bool _factoryStarted;
    private bool _hasProtocol;      // of the connection that is up

    public EndPoint Destination => destination;

    public ConnectorState State { get; private set; }

    public void Connect()
    {
        if (State != ConnectorState.Disconnected)
            throw new InvalidOperationException($"Cannot connect: this connector is {State} already.");
        State = ConnectorState.Connecting;
        if (!_factoryStarted)
        {
            EngineLog.FactoryStarted(reactor.Log, factory);
            StartFactory();
        }
        var attempt = new ConnectAttempt(
            reactor, destination, open, options ?? TcpConnectOptions.Default, Made, Failed);
        _attempt = attempt;
        if (ReactorTrace.IsWanted)
            _span = ReactorTrace.Connecting(reactor, destination);
        _timer = reactor.CallLater(timeout, attempt.TimeOut);
        try
        {
            factory.StartedConnecting(this);
        }
        catch (Exception failure)
        {
            reactor.Report(failure, "StartedConnecting");
        }
        // StartedConnecting may have stopped it, and even begun another; if not, the work begins in the next
        // iteration, so that neither success nor failure is told inside this call.
        if (ReferenceEquals(_attempt, attempt))
            reactor.CallFromThread(attempt.Begin);
    }

    private void StartFactory()
    {
        try
        {
            factory.DoStart();
            _factoryStarted = true;
        }
        catch
        {
            State = ConnectorState.Disconnected; // the caller hears of it and may try again
            throw;
        }
    }

    public void StopConnecting()
    {
        if (State != ConnectorState.Connecting)
            throw new InvalidOperationException($"Cannot stop connecting: this connector is {State}.");
        Failed(new ConnectingCancelledException($"User aborted the attempt to connect to {destination}."));
    }

    public void Disconnect()
    {
        if (State == ConnectorState.Connecting)
            StopConnecting();
        else if (State == ConnectorState.Connected)
            _transport!.LoseConnection();
    }

    private void Failed(ConnectException reason)
    {
        EndAttempt();
        EndSpan(reason);
        State = ConnectorState.Disconnected;
        Tell(reason, factory.ClientConnectionFailed, "ClientConnectionFailed");
    }

    private void Made(ISocketDriver socket)
    {
        EndAttempt();
        State = ConnectorState.Connected;
        _transport = new StreamTransport(reactor, socket, this);
        IProtocol? protocol;
        try
        {
            protocol = factory.BuildProtocol(socket.Peer);
        }
        catch (Exception failure)
        {
            reactor.Report(failure, "BuildProtocol");
            _transport.Reject(failure);
            return;
        }
        if (protocol is null)
            _transport.Reject(new ConnectionDoneException());
        else
        {
            if (_span is not null)
                ReactorTrace.SetAddress(_span, "network.peer", socket.Peer);
            reactor.Connected.Begin();
            _hasProtocol = true;
            _transport.Start(protocol);
            EndSpan(null);
            (factory as IConnectionWatcher)?.ConnectionStarted(protocol);
        }
    }

    ConnectionCounts IConnectionOwner.Counts => reactor.Connected;

    Activity? IConnectionOwner.Attempt => _span;

    void IConnectionOwner.ConnectionEnded(Exception reason)
    {
        EndSpan(reason); // of one that was rejected
        if (_hasProtocol)
            reactor.Connected.End();
        _hasProtocol = false;
        _transport = null;
        State = ConnectorState.Disconnected;
        Tell(reason, factory.ClientConnectionLost, "ClientConnectionLost");
    }

    /// <summary>Tells the factory; unless it has called Connect again meanwhile, it is not used any more.</summary>
    private void Tell(Exception reason, Action<IConnector, Exception> notify, string source)
    {
        try
        {
            notify(this, reason);
        }
        catch (Exception failure)
        {
            reactor.Report(failure, source);
        }
        if (State != ConnectorState.Disconnected || !_factoryStarted)
            return;
        _factoryStarted = false;
        try
        {
            EngineLog.FactoryStopped(reactor.Log, factory);
            factory.DoStop();
        }
        catch (Exception failure)
        {
            reactor.Report(failure, "StopFactory");
        }
    }

    private void EndSpan(Exception? failure)
    {
        if (_span is { } span)
            ReactorTrace.End(reactor, span, failure);
        _span = null;
    }

    private void EndAttempt()
    {
        _timer?.Cancel();
        _timer = null;
        _attempt?.End();
        _attempt = null;
    }
}
