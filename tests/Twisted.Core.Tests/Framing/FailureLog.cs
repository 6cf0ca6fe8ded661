namespace Twisted.Tests.Framing;

/// <summary>The unhandled failures of this thread while it lives.</summary>
internal sealed class FailureLog : IDisposable
{
    private readonly FailureSink? _outer = FailureSink.Current;
    private readonly Sink _sink = new();

    internal FailureLog() => FailureSink.Current = _sink;

    internal IReadOnlyList<Exception> Failures => _sink.Failures;

    public void Dispose() => FailureSink.Current = _outer;

    private sealed class Sink : FailureSink
    {
        internal List<Exception> Failures { get; } = [];

        internal override void Lost(Exception failure, string source) => Failures.Add(failure);
    }
}
