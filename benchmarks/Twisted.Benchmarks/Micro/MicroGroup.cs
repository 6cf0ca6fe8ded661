namespace Twisted.Benchmarks.Micro;

/// <summary>Benchmarks that are run and printed together.</summary>
/// <param name="Name">As it is called on the command line, here and in twisted_micro.py.</param>
/// <param name="Types">The classes.</param>
/// <param name="Targets">What is promised of its cases.</param>
internal sealed record MicroGroup(string Name, Type[] Types, params MicroTarget[] Targets)
{
    internal static IReadOnlyList<MicroGroup> All { get; } =
    [
        new("timers", [typeof(TimerBenchmarks)],
            new("schedule", ["100000", "1000000"], 50), new("cancel", ["100000", "1000000"], 10)),
        new("deferred", [typeof(ChainBenchmarks), typeof(AwaitBenchmarks)],
            new("chain, fired after it was built", [], 20),
            new("chain, fired after it was built", [], 2.5, "chain, TaskCompletionSource and ContinueWith"),
            new("await of a pending one", [], 1, "await of a pending one, TaskCompletionSource")),
        new("lines", [typeof(LineBenchmarks)],
            new("LineReceiver", ["20 1024", "20 65536", "80 1024", "80 65536"], 40),
            new("LineReceiver", ["1000 1024", "1000 65536"], 15)),
        new("frames", [typeof(FrameBenchmarks)]),
        new("threads", [typeof(ThreadBenchmarks)]),
        new("endpoints", [typeof(EndpointBenchmarks)]),
        new("channels", [typeof(ChannelBenchmarks)]),
        new("irc", [typeof(IrcBenchmarks)], new MicroTarget("parse", [], 20)),
    ];

    /// <summary>Twisted's own benchmarks that have nothing to be compared with yet.</summary>
    internal const string NotYet =
        "Twisted's benchmarks of its web client, web server and SSH: not measured, this library has none of them yet.";
}

/// <summary>A promise: we are at least so many times as fast.</summary>
/// <param name="Case">The benchmark.</param>
/// <param name="Parameters">With which parameters; empty for all.</param>
/// <param name="Times">How many times.</param>
/// <param name="Rival">The benchmark compared with, with the same parameters; Twisted's when null.</param>
internal sealed record MicroTarget(string Case, string[] Parameters, double Times, string? Rival = null)
{
    internal bool IsFor(MicroCase measured) =>
        measured.Name == Case && (Parameters.Length == 0 || Parameters.Contains(measured.Parameters));
}
