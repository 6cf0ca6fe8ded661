using Twisted.Conformance;
using Twisted.Processes;

namespace Twisted.Tests;

// Every contract suite, on a reactor that lives in another loop: GLib's with epoll, and one behind a
// SynchronizationContext with the portable driver.

[PeerClass(Peers.GLib)]
public class GLibTranscripts : TranscriptContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibLifeCycles : LifeCycleContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibSystemEvents : SystemEventContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibClosing : ClosingContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibPolicies : PolicyContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibTimers : TimerContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibThreads : ThreadContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibStreams : StreamContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibPassingOn : PassingOnContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibConnectors : ConnectorContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibDatagrams : DatagramContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibCallbackFailures : CallbackFailureContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibReentrancy : ReentrancyContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibTlsStreams : TlsStreamContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibTls : TlsContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

[PeerClass(Peers.GLib)]
public class GLibStartTls : StartTlsContract
{
    protected override IReactor CreateReactor() => HostedReactors.InGLib();
}

public class ContextTranscripts : TranscriptContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextLifeCycles : LifeCycleContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextPolicies : PolicyContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextTimers : TimerContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextThreads : ThreadContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextStreams : StreamContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextPassingOn : PassingOnContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextConnectors : ConnectorContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextDatagrams : DatagramContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextCallbackFailures : CallbackFailureContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextReentrancy : ReentrancyContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextTlsStreams : TlsStreamContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextTls : TlsContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}

public class ContextStartTls : StartTlsContract
{
    protected override IReactor CreateReactor() => HostedReactors.InContext();
}
