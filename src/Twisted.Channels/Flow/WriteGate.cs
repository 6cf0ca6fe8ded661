namespace Twisted.Channels.Flow;

/// <summary>Lets messages into a connection while it takes them, and some more, and then no longer.</summary>
/// <remarks>The transport pauses us above 64 KiB and resumes us when all has gone out.</remarks>
internal sealed class WriteGate(ITransport transport, int limit) : IPushProducer
{
    private readonly List<Deferred> _waiting = [];
    private bool _isPaused;
    private long _beyond; // written since we were paused

    /// <summary>Whether more may be written.</summary>
    internal bool IsOpen => !_isPaused || _beyond < limit;

    internal void Begin() => transport.RegisterProducer(this);

    /// <summary>So much was written.</summary>
    internal void Wrote(int bytes)
    {
        if (_isPaused)
            _beyond += bytes;
    }

    /// <summary>Fires when nothing waits to be sent; at once while the gate is open.</summary>
    internal Deferred WhenReady()
    {
        if (IsOpen)
            return Deferred.Succeed();
        var waits = new Deferred(gone => _waiting.Remove(gone));
        _waiting.Add(waits);
        return waits;
    }

    /// <summary>Nothing more is written; the transport need not wait for us.</summary>
    internal void End() => transport.UnregisterProducer();

    /// <summary>Tells those who wait that there is nothing to wait for.</summary>
    internal void Fail(Func<Exception> reason)
    {
        foreach (Deferred waits in TakeWaiting())
            waits.Errback(reason());
    }

    void IPushProducer.PauseProducing()
    {
        _isPaused = true;
        _beyond = 0;
    }

    void IPushProducer.ResumeProducing()
    {
        _isPaused = false;
        foreach (Deferred waits in TakeWaiting())
            waits.Callback();
    }

    void IPushProducer.StopProducing() { } // ConnectionLost comes with the reason

    private Deferred[] TakeWaiting()
    {
        Deferred[] waiting = [.. _waiting];
        _waiting.Clear();
        return waiting;
    }
}
