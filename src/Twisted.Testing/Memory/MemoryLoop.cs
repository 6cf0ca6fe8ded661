namespace Twisted.Testing;

/// <summary>The engine of production over an in-memory driver, stepped by a <see cref="VirtualClock"/>.</summary>
internal sealed class MemoryLoop : ReactorBase
{
    private readonly VirtualClock _clock;

    internal MemoryLoop(VirtualClock clock) : this(clock, new MemoryDriver(clock)) { }

    private MemoryLoop(VirtualClock clock, MemoryDriver driver) : base(driver)
    {
        _clock = clock;
        Memory = driver;
        driver.Loop = this;
        clock.Attach(this);
    }

    internal MemoryDriver Memory { get; }

    internal List<(string Host, int Port, IClientFactory Factory)> TcpClients { get; } = [];

    internal List<(int Port, IProtocolFactory Factory)> TcpServers { get; } = [];

    /// <summary>One iteration without waiting.</summary>
    internal bool Step()
    {
        Enter();
        try
        {
            return Iterate(mayWait: false);
        }
        finally
        {
            Leave();
        }
    }

    public override IListeningPort ListenTcp(int port, IProtocolFactory factory, TcpListenOptions options)
    {
        IListeningPort listening = base.ListenTcp(port, factory, options);
        TcpServers.Add((listening.Host.Port, factory));
        return listening;
    }

    public override IConnector ConnectTcp(string host, int port, IClientFactory factory,
        TcpConnectOptions options)
    {
        TcpClients.Add((host, port, factory));
        return base.ConnectTcp(host, port, factory, options);
    }

    protected override void OnUnhandledFailure(UnhandledFailure failure, Action<UnhandledFailure>? listeners)
    {
        if (listeners is null)
            _clock.Unhandled(failure);
        else
            listeners(failure);
    }

    protected override void OnEnd() => _clock.ThrowUnhandled();
}
