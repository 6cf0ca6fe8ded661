using System.Net;

namespace Twisted.Conformance;

/// <summary>The rules of a stream transport hold over UNIX sockets as they do over TCP.</summary>
public abstract class UnixStreamContract : StreamContract
{
    /// <summary>A UNIX socket has no reset: its peer sees the end of the stream.</summary>
    protected override bool AbortsByReset => false;

    protected override IListeningPort Listen(IReactor reactor, IProtocolFactory factory) =>
        ((IReactorUnix)reactor).ListenUnix(Folder.Fresh(), factory);

    protected override IConnector Dial(IReactor reactor, EndPoint address, IClientFactory factory) =>
        ((IReactorUnix)reactor).ConnectUnix(address.ToString()!, factory);

    [Fact]
    public override void TCP_abilities_are_found_by_Get_and_others_are_not() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        Assert.Null(pair.Client.Transport.Get<ITcpTransport>());
        Assert.Null(pair.Client.Transport.Get<ITcpKeepAlive>());
        Assert.Null(pair.Server.Transport.Get<ITcpTransport>());
        pair.Client.Transport.LoseConnection();
    });

    [Fact]
    public override void Both_ends_know_both_addresses() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        Assert.Equal(pair.Port.Host, pair.Client.Transport.Peer);
        Assert.Equal(pair.Port.Host, pair.Server.Transport.Host);
        Assert.Equal(pair.Port.Host.ToString(), pair.Client.Transport.Peer.Host);
        Assert.Equal("", pair.Server.Transport.Peer.Host);
        Assert.Equal("", pair.Client.Transport.Host.Host);
        pair.Client.Transport.LoseConnection();
    });
}

/// <summary>Received bytes that are written on, over UNIX sockets.</summary>
public abstract class UnixPassingOnContract : PassingOnContract
{
    protected override bool AbortsByReset => false;

    protected override IListeningPort Listen(IReactor reactor, IProtocolFactory factory) =>
        ((IReactorUnix)reactor).ListenUnix(Folder.Fresh(), factory);

    protected override IConnector Dial(IReactor reactor, EndPoint address, IClientFactory factory) =>
        ((IReactorUnix)reactor).ConnectUnix(address.ToString()!, factory);
}
