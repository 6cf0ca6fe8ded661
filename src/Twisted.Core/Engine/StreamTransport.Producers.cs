namespace Twisted.Internet;

// Flow control: whoever writes to this transport is told to pause and to go on.
internal sealed partial class StreamTransport
{
    private IPushProducer? _push;
    private IPullProducer? _pull;

    private bool ProducerWaits => _pull is not null || Has(StreamFlags.ProducerPaused);

    public void RegisterProducer(IPushProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        EnsureNoProducer();
        if (Has(StreamFlags.Lost))
        {
            producer.StopProducing();
            return;
        }
        _push = producer;
        if (_out.Length > PauseAbove)
            PauseProducer();
    }

    public void RegisterProducer(IPullProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        EnsureNoProducer();
        if (Has(StreamFlags.Lost))
        {
            producer.StopProducing();
            return;
        }
        _pull = producer;
        producer.ResumeProducing();
    }

    public void UnregisterProducer()
    {
        _push = null;
        _pull = null;
        Remove(StreamFlags.ProducerPaused);
        if (HasAny(StreamFlags.Disconnecting | StreamFlags.WriteClosing))
            SendLater(); // the end has waited for this
    }

    private void EnsureNoProducer()
    {
        if (_push is not null || _pull is not null)
            throw new InvalidOperationException(
                $"Cannot register a producer: {(object?)_push ?? _pull} is registered and was never unregistered.");
    }

    private void PauseProducer()
    {
        if (_push is null || Has(StreamFlags.ProducerPaused))
            return;
        Add(StreamFlags.ProducerPaused);
        Guarded(_push.PauseProducing, "PauseProducing");
    }

    private void ResumeProducer()
    {
        Remove(StreamFlags.ProducerPaused);
        if (_pull is not null)
            Guarded(_pull.ResumeProducing, "ResumeProducing");
        else if (_push is not null)
            Guarded(_push.ResumeProducing, "ResumeProducing");
    }

    private void StopProducer()
    {
        IPushProducer? push = _push;
        IPullProducer? pull = _pull;
        _push = null;
        _pull = null;
        if (push is not null)
            Guarded(push.StopProducing, "StopProducing");
        if (pull is not null)
            Guarded(pull.StopProducing, "StopProducing");
    }

    private void Guarded(Action callback, string source)
    {
        try
        {
            callback();
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, source);
        }
    }
}
