using System.Net;

namespace Twisted.Tests;

/// <summary>A protocol of datagrams that keeps what it hears, in order.</summary>
internal sealed class PacketRecorder : DatagramProtocol
{
    internal List<string> Heard { get; } = [];

    /// <summary>How long the datagrams were.</summary>
    internal List<int> Lengths { get; } = [];

    /// <summary>Who sent the last one.</summary>
    internal IPEndPoint? From { get; private set; }

    internal Action<IDatagramTransport>? OnStart { get; set; }

    internal Action? OnData { get; set; }

    internal Action? OnRefused { get; set; }

    internal Action? OnStop { get; set; }

    internal IDatagramTransport Port => Transport;

    protected override void StartProtocol()
    {
        Heard.Add("start");
        OnStart?.Invoke(Transport);
    }

    protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
    {
        Lengths.Add(data.Length);
        From = from;
        OnData?.Invoke();
    }

    protected override void ConnectionRefused()
    {
        Heard.Add("refused");
        OnRefused?.Invoke();
    }

    protected override void StopProtocol()
    {
        Heard.Add("stop");
        OnStop?.Invoke();
    }
}
