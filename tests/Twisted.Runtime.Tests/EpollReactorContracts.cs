using Twisted.Conformance;

namespace Twisted.Tests;

// Every contract suite, on this reactor.

public class EpollTranscripts : TranscriptContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollLifeCycles : LifeCycleContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollSystemEvents : SystemEventContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollClosing : ClosingContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollTimers : TimerContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollThreads : ThreadContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollStreams : StreamContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollPassingOn : PassingOnContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollConnectors : ConnectorContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollDatagrams : DatagramContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollCallbackFailures : CallbackFailureContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollReentrancy : ReentrancyContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollTlsStreams : TlsStreamContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollTlsClosing : TlsClosingContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollTls : TlsContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollStartTls : StartTlsContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollUnixStreams : UnixStreamContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollUnixPassingOn : UnixPassingOnContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class EpollUnix : UnixContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollUnixDatagrams : UnixDatagramContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollUdp : UdpContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollMulticast : MulticastContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollPolicies : PolicyContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollAdoption : AdoptContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollKeepAlive : KeepAliveContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollFileDescriptors : FileDescriptorContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollWatches : WatchContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollProcesses : UnixProcessContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollStandardIO : StandardIOContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}

public class EpollTerminals : TerminalContract
{
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);
}
