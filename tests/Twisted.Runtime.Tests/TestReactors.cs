namespace Twisted.Tests;

/// <summary>Makes the reactors that are tested here.</summary>
internal static class TestReactors
{
    /// <summary>A reactor that leaves the signals of the test run alone and logs nowhere.</summary>
    internal static IReactor Create(ReactorKind kind) => Reactor.Create(new ReactorOptions
    {
        Kind = kind,
        HandleSignals = false,
        Logging = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
    });
}
