using Twisted.Conformance;

namespace Twisted.Tests;

public class EpollTranscripts : TranscriptContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

internal static class EpollReactors
{
    /// <summary>A reactor that leaves the signals of the test run alone and logs nowhere.</summary>
    internal static IReactor Create() => Reactor.Create(new ReactorOptions
    {
        HandleSignals = false,
        Logging = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
    });
}
