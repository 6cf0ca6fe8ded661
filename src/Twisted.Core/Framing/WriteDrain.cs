using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>
/// One wait for a slow peer. It is the transport's producer only while it waits, so that others (a
/// <see cref="FileSender"/>) can be it at other times and LoseConnection need not wait for us.
/// </summary>
internal sealed class WriteDrain : IPushProducer
{
    private readonly ITransport _transport;
    private readonly Action _ended;
    private bool _isFull;

    internal WriteDrain(ITransport transport, Action ended)
    {
        _transport = transport;
        _ended = ended;
        Done = new Deferred(_ => End());
    }

    internal Deferred Done { get; }

    /// <summary>Asks the transport, which pauses a new producer at once when it is full.</summary>
    /// <returns>Whether there is something to wait for.</returns>
    internal bool Begin()
    {
        _transport.RegisterProducer(this);
        if (_isFull)
            return true;
        _transport.UnregisterProducer();
        Done.Callback();
        return false;
    }

    internal void Fail(Exception reason)
    {
        _ended();
        Done.Errback(reason);
    }

    void IPushProducer.PauseProducing() => _isFull = true;

    void IPushProducer.ResumeProducing()
    {
        if (!_isFull || Done.IsFired)
            return;
        End();
        Done.Callback();
    }

    void IPushProducer.StopProducing() { } // ConnectionLost comes with the reason

    private void End()
    {
        _ended();
        _transport.UnregisterProducer();
    }
}
