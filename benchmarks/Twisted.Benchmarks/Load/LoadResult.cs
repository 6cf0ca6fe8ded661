using System.Globalization;
namespace Twisted.Benchmarks.Load;

/// <summary>What one load test has found.</summary>
internal sealed class LoadResult(LoadTest test)
{
    private readonly List<LoadFigure> _figures = [];
    private readonly List<string> _notes = [];

    internal LoadTest Test => test;

    internal IReadOnlyList<LoadFigure> Figures => _figures;

    /// <summary>Names of stalls, faults that were planned, what limits a claim.</summary>
    internal IReadOnlyList<string> Notes => _notes;

    internal double Seconds { get; set; }

    internal bool IsHeld => _figures.All(figure => figure.IsHeld != false);

    /// <summary>The callbacks of both processes that worked too long.</summary>
    internal int OwnStalls { get; set; }

    internal void Tell(string name, double value, string unit = "") =>
        _figures.Add(new LoadFigure(name, value, null, unit));

    internal void AtMost(string name, double value, double most, string unit = "") =>
        _figures.Add(new LoadFigure(name, value, most, unit));

    internal void Exactly(string name, double value, double wanted, string unit = "") =>
        _figures.Add(new LoadFigure(name, value, wanted, unit, wanted));

    internal void AtLeast(string name, double value, double least, string unit = "") =>
        _figures.Add(new LoadFigure(name, value, null, unit, least));

    internal void Note(string text) => _notes.Add(text);

    internal void Print(TextWriter to)
    {
        foreach (LoadFigure figure in _figures)
            to.WriteLine(figure.Text);
        foreach (string note in _notes)
            to.WriteLine($"  note: {note}");
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{test.Name}: {(IsHeld ? "held" : "MISSED")} in {Seconds:F1} s"));
    }

    internal object ForJson() => new
    {
        name = test.Name,
        held = IsHeld,
        seconds = Seconds,
        figures = _figures.Select(figure => new
        {
            name = figure.Name,
            value = figure.Value,
            atMost = figure.AtMost,
            atLeast = figure.AtLeast,
            unit = figure.Unit,
            held = figure.IsHeld,
        }),
        notes = _notes,
    };
}
