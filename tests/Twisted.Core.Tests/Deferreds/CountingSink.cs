namespace Twisted.Tests;

/// <summary>Counts what is lost, in the place of a reactor. One thread, while it is in scope.</summary>
internal sealed class CountingSink : FailureSink, IDisposable
{
    private readonly FailureSink? _outer = Current;

    internal CountingSink() => Current = this;

    internal List<(Exception Failure, string Source)> Reported { get; } = [];

    internal override void Lost(Exception failure, string source)
    {
        lock (Reported)
            Reported.Add((failure, source));
    }

    public void Dispose() => Current = _outer;
}
