namespace Twisted.Conformance.Scenarios;

/// <summary>What the application of a scenario does inside each callback.</summary>
internal sealed record Hooks
{
    internal Action<Recorder>? Made { get; init; }

    internal Action<Recorder>? Data { get; init; }

    internal Action<Recorder>? Lost { get; init; }

    internal Action<Recorder>? ReadLost { get; init; }

    internal Action<Recorder>? WriteLost { get; init; }

    /// <summary>Whether the protocol knows half close.</summary>
    internal bool HalfCloses { get; init; }
}
