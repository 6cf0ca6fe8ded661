using System.Text;

namespace Twisted.Tests;

/// <summary>A protocol that keeps what it hears, in order.</summary>
internal class Recorder : Protocol
{
    internal List<string> Heard { get; } = [];

    /// <summary>What it does when it is connected.</summary>
    internal Action<Recorder>? OnMade { get; init; }

    /// <summary>What it does with what comes.</summary>
    internal Action<Recorder, string>? OnData { get; init; }

    internal ITransport Line => Transport;

    protected override void ConnectionMade()
    {
        Heard.Add("made");
        OnMade?.Invoke(this);
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        string text = Encoding.ASCII.GetString(data);
        Heard.Add(text);
        OnData?.Invoke(this, text);
    }

    protected override void ConnectionLost(Exception reason) => Heard.Add(reason.GetType().Name);
}
