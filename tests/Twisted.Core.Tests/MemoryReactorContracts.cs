using Twisted.Conformance;
using Twisted.Testing;

namespace Twisted.Tests;

// Every contract suite, on this reactor.

public class MemoryTranscripts : TranscriptContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryLifeCycles : LifeCycleContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemorySystemEvents : SystemEventContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryClosing : ClosingContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryTimers : TimerContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryThreads : ThreadContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryStreams : StreamContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryPassingOn : PassingOnContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryConnectors : ConnectorContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryDatagrams : DatagramContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryCallbackFailures : CallbackFailureContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryReentrancy : ReentrancyContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryTlsStreams : TlsStreamContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryTlsClosing : TlsClosingContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryTls : TlsContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryStartTls : StartTlsContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}

public class MemoryPolicies : PolicyContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}
