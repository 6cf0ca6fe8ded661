using Twisted.Conformance;

namespace Twisted.Tests;

// Every contract suite, on this reactor.

public class PortableTranscripts : TranscriptContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableLifeCycles : LifeCycleContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableSystemEvents : SystemEventContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableClosing : ClosingContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableTimers : TimerContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableThreads : ThreadContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableStreams : StreamContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortablePassingOn : PassingOnContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableConnectors : ConnectorContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableDatagrams : DatagramContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableCallbackFailures : CallbackFailureContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableReentrancy : ReentrancyContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableTlsStreams : TlsStreamContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableTlsClosing : TlsClosingContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableTls : TlsContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableStartTls : StartTlsContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableUnixStreams : UnixStreamContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableUnixPassingOn : UnixPassingOnContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class PortableUnix : UnixContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableUnixDatagrams : UnixDatagramContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableUdp : UdpContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableMulticast : MulticastContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortablePolicies : PolicyContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableAdoption : AdoptContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableKeepAlive : KeepAliveContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableProcesses : ProcessContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}

public class PortableStandardIO : StandardIOContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Portable);
}
