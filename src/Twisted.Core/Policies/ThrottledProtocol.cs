using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>
/// A connection of a <see cref="ThrottlingFactory"/>: reads and has its producer produce when the protocol, the
/// transport and the factory all want it.
/// </summary>
internal sealed class ThrottledProtocol(ThrottlingFactory factory, IProtocol inner)
    : ProtocolWrapper(inner)
{
    private IPushProducer? _push;
    private IPullProducer? _pull;
    private bool _pausedByProtocol;
    private bool _isPaused;         // reading, on the transport below
    private bool _belowIsFull;
    private bool _belowAsks;        // the pull producer is owed a call
    private bool _producerPaused;

    protected override void ConnectionMade()
    {
        Read();
        base.ConnectionMade();
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        factory.HasRead(data.Length);
        base.DataReceived(data);
    }

    protected override void ConnectionLost(Exception reason)
    {
        factory.Leave(this);
        base.ConnectionLost(reason);
    }

    public override void PauseProducing()
    {
        _pausedByProtocol = true;
        Read();
    }

    public override void ResumeProducing()
    {
        _pausedByProtocol = false;
        Read();
    }

    public override void Write(ReadOnlySpan<byte> data)
    {
        base.Write(data);
        factory.HasWritten(data.Length);
    }

    public override void Advance(int count)
    {
        base.Advance(count);
        factory.HasWritten(count);
    }

    public override void RegisterProducer(IPushProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        if (_pull is null)
            _push ??= producer; // before the transport is told: it may answer at once
        Below.RegisterProducer((IPushProducer)new Gate(this));
        Produce();
    }

    public override void RegisterProducer(IPullProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        if (_push is null)
            _pull ??= producer;
        Below.RegisterProducer((IPullProducer)new Gate(this));
    }

    public override void UnregisterProducer()
    {
        _push = null;
        _pull = null;
        _producerPaused = _belowAsks = false;
        Below.UnregisterProducer();
    }

    /// <summary>Reads or pauses, as all want.</summary>
    internal void Read()
    {
        bool pause = _pausedByProtocol || !factory.MayRead;
        if (pause == _isPaused)
            return;
        _isPaused = pause;
        if (pause)
            Below.PauseProducing();
        else
            Below.ResumeProducing();
    }

    /// <summary>Has the producer produce or pause, as all want.</summary>
    internal void Produce()
    {
        bool pause = _belowIsFull || !factory.MayWrite;
        if (_pull is not null && _belowAsks && !pause)
        {
            _belowAsks = false;
            _pull.ResumeProducing();
        }
        if (_push is null || pause == _producerPaused)
            return;
        _producerPaused = pause;
        if (pause)
            _push.PauseProducing();
        else
            _push.ResumeProducing();
    }

    /// <summary>What the transport below takes for the producer.</summary>
    private sealed class Gate(ThrottledProtocol protocol) : IPushProducer, IPullProducer
    {
        public void PauseProducing()
        {
            protocol._belowIsFull = true;
            protocol.Produce();
        }

        public void ResumeProducing()
        {
            protocol._belowIsFull = false;
            protocol._belowAsks = protocol._pull is not null;
            protocol.Produce();
        }

        public void StopProducing()
        {
            protocol._push?.StopProducing();
            protocol._pull?.StopProducing();
        }
    }
}
