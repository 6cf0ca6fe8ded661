namespace Twisted.Conformance.Scenarios;

/// <summary>A protocol that records every event and then does what the scenario says.</summary>
internal class Recorder(ScenarioRun run, string name, Hooks hooks) : Protocol
{
    private readonly List<string> _events = run.EventsOf(name);
    private int _received;

    internal ScenarioRun Run => run;

    internal string Name => name;

    internal Deferred Lost { get; } = new();

    internal void Note(string text) => _events.Add(text);

    internal void Attempt(string label, Action action)
    {
        try
        {
            action();
            Note($"{label} ok");
        }
        catch (Exception failure)
        {
            Note($"{label} raised {TwistedNames.Of(failure)}");
        }
    }

    protected override void ConnectionMade()
    {
        Note("made");
        hooks.Made?.Invoke(this);
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        _received += data.Length;
        if (_events is not [.., "data"])
            Note("data");
        Latest = data.ToArray();
        hooks.Data?.Invoke(this);
    }

    internal byte[] Latest { get; private set; } = [];

    protected override void ConnectionLost(Exception reason)
    {
        Note($"lost:{TwistedNames.Of(reason)} after {_received} bytes");
        try
        {
            hooks.Lost?.Invoke(this);
        }
        finally
        {
            Lost.Callback();
        }
    }

    internal static Recorder Create(ScenarioRun run, string name, Hooks hooks) =>
        hooks.HalfCloses ? new HalfClosing(run, name, hooks) : new Recorder(run, name, hooks);

    private sealed class HalfClosing(ScenarioRun run, string name, Hooks hooks)
        : Recorder(run, name, hooks), IHalfCloseableProtocol
    {
        private readonly Hooks _hooks = hooks;

        public void ReadConnectionLost()
        {
            Note($"readLost after {_received} bytes");
            _hooks.ReadLost?.Invoke(this);
        }

        public void WriteConnectionLost()
        {
            Note("writeLost");
            _hooks.WriteLost?.Invoke(this);
        }
    }
}
