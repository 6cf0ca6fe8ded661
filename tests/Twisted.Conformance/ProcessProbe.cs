using System.Text;

namespace Twisted.Conformance;

/// <summary>A process protocol that remembers what happens to it and lets the test act inside each callback.</summary>
public sealed class ProcessProbe : ProcessProtocol
{
    public Deferred Made { get; } = new();

    public Deferred<Exception> Exited { get; } = new();

    public Deferred<Exception> Ended { get; } = new();

    /// <summary>Everything but data, in order.</summary>
    public List<string> Events { get; } = [];

    public Action<ProcessProbe>? OnMade { get; init; }

    public Action<ProcessProbe, int>? OnData { get; init; }

    public Action<ProcessProbe, int>? OnLost { get; init; }

    public Action<ProcessProbe>? OnExited { get; init; }

    public Action<ProcessProbe>? OnEnded { get; init; }

    private readonly Dictionary<int, List<byte>> _received = [];

    public string Output => Text(1);

    public string Errors => Text(2);

    public int Count(int childFd) => _received.GetValueOrDefault(childFd)?.Count ?? 0;

    public string Text(int childFd) => Encoding.UTF8.GetString([.. _received.GetValueOrDefault(childFd) ?? []]);

    protected override void ConnectionMade()
    {
        Events.Add("made");
        OnMade?.Invoke(this);
        Made.Callback();
    }

    protected override void ChildDataReceived(int childFd, ReadOnlySpan<byte> data)
    {
        if (!_received.TryGetValue(childFd, out List<byte>? received))
            _received.Add(childFd, received = []);
        received.AddRange(data);
        OnData?.Invoke(this, childFd);
    }

    protected override void ChildConnectionLost(int childFd)
    {
        Events.Add($"lost {childFd}");
        OnLost?.Invoke(this, childFd);
    }

    protected override void ProcessExited(Exception reason)
    {
        Events.Add("exited");
        OnExited?.Invoke(this);
        Exited.Callback(reason);
    }

    protected override void ProcessEnded(Exception reason)
    {
        Events.Add("ended");
        OnEnded?.Invoke(this);
        Ended.Callback(reason);
    }
}
