using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Twisted.Conformance;

/// <summary>What the instruments say of one reactor; those of other tests run at the same time.</summary>
public sealed class ReactorFigures : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _values = new();

    public ReactorFigures(string reactor, string? only = null)
    {
        Reactor = reactor;
        _listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == "Twisted.Reactor" && (only is null || instrument.Name == only))
                listening.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((from, value, tags, _) => Keep(from, value, tags));
        _listener.SetMeasurementEventCallback<double>((from, value, tags, _) => Keep(from, value, tags));
        _listener.Start();
    }

    public string Reactor { get; }

    public double this[string name]
    {
        get
        {
            Collect();
            return _values.GetValueOrDefault(name, double.NaN);
        }
    }

    public int Count => _values.Count;

    public void Collect() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string name = instrument.Name;
        bool isOurs = false;
        foreach ((string key, object? tag) in tags)
        {
            isOurs |= key == "twisted.reactor.name" && Equals(tag, Reactor);
            if (key != "twisted.reactor.name")
                name += $" {tag}";
        }
        if (isOurs)
            _values[name] = value;
    }
}
