using System.Buffers;
using System.Net;

namespace Twisted.Internet;

/// <summary>A child's standard streams as the transport of a connection.</summary>
/// <param name="reactor">The child's: layers such as TLS ask the transport for its abilities.</param>
/// <param name="process">The child.</param>
/// <param name="name">Its address.</param>
/// <param name="writes">False for what only hears standard error: its writes are dropped.</param>
internal sealed class ProcessStream(IReactorProcess reactor, IProcessTransport process, EndPoint name, bool writes)
    : ITransport, IHalfCloseable
{
    private readonly IProcessPipes _pipes = process as IProcessPipes
        ?? throw new NotSupportedException($"{process.GetType().Name} has no flow control (no IProcessPipes).");

    private byte[] _room = []; // what GetMemory gave
    private bool _writesNothing = !writes;

    public EndPoint Peer => name;

    public EndPoint Host => name;

    public bool IsDisconnecting { get; private set; }

    /// <summary>The protocol has heard of the end.</summary>
    internal bool IsLost { get; set; }

    public void Write(ReadOnlySpan<byte> data)
    {
        if (!_writesNothing)
            process.Write(data);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        const int usual = 1024;
        if (_room.Length < Math.Max(sizeHint, 1))
            _room = new byte[Math.Max(sizeHint, usual)];
        return _room;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Advance(int count) => Write(_room.AsSpan(0, count));

    public void RegisterProducer(IPushProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        if (_writesNothing)
            producer.StopProducing();
        else
            _pipes.RegisterProducer(producer);
    }

    public void RegisterProducer(IPullProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        if (_writesNothing)
            producer.StopProducing();
        else
            _pipes.RegisterProducer(producer);
    }

    public void UnregisterProducer() => _pipes.UnregisterProducer();

    public void PauseProducing() => _pipes.PauseProducing();

    public void ResumeProducing() => _pipes.ResumeProducing();

    public void StopProducing() => LoseConnection();

    public void LoseWriteConnection()
    {
        if (_writesNothing)
            return;
        _writesNothing = true;
        process.CloseStdin();
    }

    public void LoseConnection()
    {
        if (IsDisconnecting || IsLost)
            return;
        IsDisconnecting = true;
        process.LoseConnection();
    }

    public void AbortConnection()
    {
        if (IsLost)
            return;
        IsDisconnecting = true;
        process.KillIfAlive();
        process.LoseConnection();
    }

    public T? Get<T>() where T : class => this as T ?? process as T ?? reactor as T;
}
