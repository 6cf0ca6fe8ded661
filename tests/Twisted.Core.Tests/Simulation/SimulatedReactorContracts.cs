using Twisted.Conformance;
using Twisted.Testing;

namespace Twisted.Tests;

// Every contract suite, on this reactor.

public class SimulatedTranscripts : TranscriptContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedLifeCycles : LifeCycleContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedTimers : TimerContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedThreads : ThreadContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedStreams : StreamContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedPassingOn : PassingOnContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedConnectors : ConnectorContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedDatagrams : DatagramContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedCallbackFailures : CallbackFailureContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedReentrancy : ReentrancyContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedTlsStreams : TlsStreamContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedTls : TlsContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedStartTls : StartTlsContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}

public class SimulatedPolicies : PolicyContract
{
    protected override IReactor CreateReactor() => QuietNetwork.Reactor();
}
