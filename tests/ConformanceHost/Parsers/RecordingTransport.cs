using System.Buffers;
using System.Net;

namespace Twisted.Conformance.Parsers;

/// <summary>The least of a transport: it writes down what the protocol asks for.</summary>
internal sealed class RecordingTransport(Transcript transcript) : ITransport
{
    private readonly ArrayBufferWriter<byte> _place = new();

    public EndPoint Peer { get; } = new IPEndPoint(IPAddress.Loopback, 1);

    public EndPoint Host { get; } = new IPEndPoint(IPAddress.Loopback, 2);

    public bool IsDisconnecting { get; private set; }

    internal bool IsPaused { get; private set; }

    public void Write(ReadOnlySpan<byte> data)
    {
        if (!IsDisconnecting)
            transcript.Add("write", data);
    }

    public void LoseConnection() => Disconnect("lose");

    public void AbortConnection() => Disconnect("abort");

    public void PauseProducing()
    {
        IsPaused = true;
        transcript.Add("pause");
    }

    public void ResumeProducing()
    {
        IsPaused = false;
        transcript.Add("resume");
    }

    public void StopProducing() => LoseConnection();

    public Memory<byte> GetMemory(int sizeHint = 0) => _place.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _place.GetSpan(sizeHint);

    public void Advance(int count)
    {
        _place.Advance(count);
        Write(_place.WrittenSpan);
        _place.ResetWrittenCount();
    }

    public void RegisterProducer(IPushProducer producer) => throw new NotSupportedException();

    public void RegisterProducer(IPullProducer producer) => throw new NotSupportedException();

    public void UnregisterProducer() => throw new NotSupportedException();

    public T? Get<T>() where T : class => null;

    private void Disconnect(string kind)
    {
        if (IsDisconnecting)
            return;
        IsDisconnecting = true;
        transcript.Add(kind);
    }
}
