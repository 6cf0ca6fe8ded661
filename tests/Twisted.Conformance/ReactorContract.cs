using System.Net;
using System.Runtime.ExceptionServices;

namespace Twisted.Conformance;

/// <summary>The ground of the contract suites: a new reactor for each test, on which its body runs.</summary>
/// <remarks>A reactor's test project derives each suite and gives the reactor; in virtual time no test waits.</remarks>
public abstract class ReactorContract : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly List<ReactorBase> _reactors = [];
    private SocketFolder? _folder;

    /// <summary>For the sockets of this test in the file system.</summary>
    protected SocketFolder Folder => _folder ??= new SocketFolder();

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        _folder?.Dispose();
        Assert.All(_reactors, reactor => Assert.Null(reactor.Invariants.First));
    }

    /// <summary>Failures of user code that the reactor reported.</summary>
    protected List<UnhandledFailure> Reported { get; } = [];

    /// <summary>A reactor that has not run yet.</summary>
    protected abstract IReactor CreateReactor();

    /// <summary>A reactor whose failures are recorded.</summary>
    protected IReactor Create()
    {
        IReactor reactor = CreateReactor();
        reactor.UnhandledFailure += Reported.Add;
        if (reactor is ReactorBase engine)
            _reactors.Add(engine);
        return reactor;
    }

    /// <summary>Runs a reactor for as long as the body takes, and throws what it failed with.</summary>
    protected void Run(Func<IReactor, Deferred> body)
    {
        IReactor reactor = Create();
        Exception? failure = null;
        reactor.CallWhenRunning(() =>
        {
            IDelayedCall limit = reactor.CallLater(Limit, () =>
            {
                failure = new TimeoutException("The test did not end.");
                reactor.Stop();
            });
            Deferred.Try(() => body(reactor)).AddBoth(outcome =>
            {
                failure ??= outcome.Failure;
                limit.Cancel();
                if (reactor.IsRunning)
                    reactor.Stop();
            });
        });
        reactor.Run();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    protected static Deferred Wait(IReactorTime reactor, double seconds) =>
        reactor.DeferLater(TimeSpan.FromSeconds(seconds));

    /// <summary>Waits until something is so; the limit of a test ends a wait for ever.</summary>
    protected static async Deferred Until(IReactorTime reactor, Func<bool> isSo)
    {
        while (!isSo())
            await Wait(reactor, 0.002);
    }

    /// <summary>A server of one protocol and a client connected to it.</summary>
    protected async Deferred<Pair> Connect(IReactor reactor, Probe server, Probe client)
    {
        IListeningPort port = Listen(reactor, Factory.For(() => server));
        var factory = new ProbeClientFactory(client);
        IConnector connector = Dial(reactor, port.Host, factory);
        await Deferred.GatherResults([server.Made, client.Made]);
        return new Pair(server, client, port, connector, factory);
    }

    /// <summary>Listens with the kind of transport that a suite is about; TCP unless it says otherwise.</summary>
    protected virtual IListeningPort Listen(IReactor reactor, IProtocolFactory factory) =>
        reactor.ListenTcp(0, factory, "127.0.0.1");

    /// <summary>Connects to where <see cref="Listen"/> listens.</summary>
    protected virtual IConnector Dial(IReactor reactor, EndPoint address, IClientFactory factory) =>
        reactor.ConnectTcp("127.0.0.1", address.Port, factory);

    /// <summary>Whether a peer can tell an abort from a clean end.</summary>
    protected virtual bool AbortsByReset => true;

    /// <summary>The other side of an abort.</summary>
    protected void AssertAborted(Exception reason) => Assert.IsType(
        AbortsByReset ? typeof(ConnectionLostException) : typeof(ConnectionDoneException), reason);

    protected sealed record Pair(
        Probe Server, Probe Client, IListeningPort Port, IConnector Connector, ProbeClientFactory Factory);
}

/// <summary>A protocol that remembers what happens to it and lets the test act inside each callback.</summary>
public class Probe : Protocol
{
    public Deferred Made { get; } = new();

    public Deferred<Exception> Lost { get; } = new();

    public List<byte> Received { get; } = [];

    public int MadeCount { get; private set; }

    public int LostCount { get; private set; }

    public Action<Probe>? OnMade { get; init; }

    public Action<Probe>? OnData { get; init; }

    public Action<Probe>? OnLost { get; init; }

    protected override void ConnectionMade()
    {
        MadeCount++;
        OnMade?.Invoke(this);
        Made.Callback();
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        Received.AddRange(data);
        OnData?.Invoke(this);
    }

    protected override void ConnectionLost(Exception reason)
    {
        LostCount++;
        OnLost?.Invoke(this);
        Lost.Callback(reason);
    }
}

/// <summary>A probe that knows half close.</summary>
public sealed class HalfClosingProbe : Probe, IHalfCloseableProtocol
{
    public Deferred ReadLost { get; } = new();

    public Deferred WriteLost { get; } = new();

    public void ReadConnectionLost() => ReadLost.Callback();

    public void WriteConnectionLost() => WriteLost.Callback();
}

/// <summary>A client factory that remembers what it hears.</summary>
public sealed class ProbeClientFactory(params Probe?[] protocols) : ClientFactory
{
    private readonly Queue<Probe?> _protocols = new(protocols);

    public List<string> Events { get; } = [];

    public Action<IConnector>? OnStarted { get; init; }

    public Action<IConnector, Exception>? OnFailed { get; init; }

    public Action<IConnector, Exception>? OnLost { get; init; }

    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        Events.Add("build");
        return _protocols.Dequeue();
    }

    protected override void StartFactory() => Events.Add("start");

    protected override void StopFactory() => Events.Add("stop");

    protected override void StartedConnecting(IConnector connector)
    {
        Events.Add("connecting");
        OnStarted?.Invoke(connector);
    }

    protected override void ClientConnectionFailed(IConnector connector, Exception reason)
    {
        Events.Add("failed " + reason.GetType().Name);
        OnFailed?.Invoke(connector, reason);
    }

    protected override void ClientConnectionLost(IConnector connector, Exception reason)
    {
        Events.Add("lost " + reason.GetType().Name);
        OnLost?.Invoke(connector, reason);
    }
}
