using Twisted.Conformance;

namespace Twisted.Tests;

// Every contract suite, on this reactor.

public class EpollTranscripts : TranscriptContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

public class EpollLifeCycles : LifeCycleContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

public class EpollTimers : TimerContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

public class EpollThreads : ThreadContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

public class EpollStreams : StreamContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

public class EpollPassingOn : PassingOnContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

public class EpollConnectors : ConnectorContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

public class EpollDatagrams : DatagramContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

public class EpollCallbackFailures : CallbackFailureContract
{
    protected override IReactor CreateReactor() => EpollReactors.Create();
}

public class EpollReentrancy : ReentrancyContract
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
