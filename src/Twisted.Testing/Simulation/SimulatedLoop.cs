namespace Twisted.Testing;

/// <summary>The engine of production over the driver of a simulated host.</summary>
internal sealed class SimulatedLoop : ReactorBase
{
    private readonly SimulatedHost _host;

    internal SimulatedLoop(SimulatedHost host, SimulatedDriver driver) : base(driver) => _host = host;

    public override IListeningPort ListenTcp(int port, IProtocolFactory factory, TcpListenOptions options) =>
        base.ListenTcp(port, _host.Faulty(factory), options);

    public override IConnector ConnectTcp(string host, int port, IClientFactory factory, TcpConnectOptions options) =>
        base.ConnectTcp(host, port, _host.Faulty(factory), options);

    protected override void OnUnhandledFailure(UnhandledFailure failure, Action<UnhandledFailure>? listeners)
    {
        if (listeners is not null)
            listeners(failure);
        else if (failure.Exception is not SimulatedFaultException)
            _host.Unhandled.Add(failure);
    }
}
