namespace Twisted.Internet;

/// <summary>One side of one connection: override what you want to hear of.</summary>
/// <remarks>
/// Only transports call the interface; you override the protected methods. All of it on the reactor thread. An
/// exception out of <see cref="DataReceived"/> is logged and ends this connection with it as the reason; no other
/// connection is affected. Twisted: <c>twisted.internet.protocol.Protocol</c>.
/// </remarks>
public abstract class Protocol : IProtocol
{
    private ITransport? _transport;
    private List<Deferred>? _work;

    /// <summary>The connection. There from <see cref="ConnectionMade"/> on.</summary>
    /// <exception cref="InvalidOperationException">There is no connection yet.</exception>
    public ITransport Transport =>
        _transport ?? throw new InvalidOperationException("This protocol has no connection yet.");

    /// <summary>Whether the connection is up: from before ConnectionMade until before ConnectionLost.</summary>
    public bool IsConnected { get; private set; }

    void IProtocol.MakeConnection(ITransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _transport = transport;
        IsConnected = true;
        ConnectionMade();
    }

    void IProtocol.DataReceived(ReadOnlySpan<byte> data) => DataReceived(data);

    void IProtocol.ConnectionLost(Exception reason)
    {
        IsConnected = false;
        CancelWork();
        ConnectionLost(reason);
    }

    /// <summary>The connection is up: set up, greet. Called once, first.</summary>
    protected virtual void ConnectionMade() { }

    /// <summary>Bytes have come, in pieces of any size; never wait here.</summary>
    /// <param name="data">The engine's own buffer: yours only until you return. Copy or decode what you keep.</param>
    protected virtual void DataReceived(ReadOnlySpan<byte> data) { }

    /// <summary>The connection is gone: tear down. Called once, last.</summary>
    /// <param name="reason">Why; <see cref="ConnectionDoneException"/> is the good end.</param>
    protected virtual void ConnectionLost(Exception reason) { }

    /// <summary>
    /// Ties asynchronous work to the connection: when the connection goes the work is cancelled; when the work fails
    /// the failure is reported and the connection is closed.
    /// </summary>
    /// <param name="work">The work, begun.</param>
    protected void WhileConnected(Deferred work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!IsConnected)
            work.Cancel();
        if (!work.IsSettled)
            (_work ??= []).Add(work);
        work.AddBoth(outcome =>
        {
            _work?.Remove(work);
            if (outcome.Failure is null || (outcome.Failure is OperationCanceledException && !IsConnected))
                return;
            FailureSink.Report(outcome.Failure, GetType().Name);
            if (IsConnected)
                Transport.LoseConnection();
        });
    }

    private void CancelWork()
    {
        while (_work is [.., var last])
        {
            _work.RemoveAt(_work.Count - 1);
            last.Cancel();
        }
    }
}
