using System.Net;
using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

// IReactorTcp, IReactorUdp, and what is open.
internal partial class ReactorBase
{
    internal static readonly TimeSpan DefaultConnectTimeout = TcpConnectOptions.Default.Timeout;

    internal IReactorDriver Driver => _driver;

    /// <summary>The connections that are up.</summary>
    internal ConnectionSet Connections { get; } = new();

    /// <summary>Those of servers, as the meter tells them.</summary>
    internal ConnectionCounts Accepted { get; } = new();

    /// <summary>Those of clients.</summary>
    internal ConnectionCounts Connected { get; } = new();

    /// <summary>The attempts to connect that are under way.</summary>
    internal HashSet<ConnectAttempt> Attempts { get; } = [];

    /// <summary>The ports that are open.</summary>
    internal HashSet<IOpenPort> Ports { get; } = [];

    public IListeningPort ListenTcp(int port, IProtocolFactory factory, string address = "", int backlog = 128) =>
        ListenTcp(port, factory, new TcpListenOptions { Address = address, Backlog = backlog });

    public virtual IListeningPort ListenTcp(int port, IProtocolFactory factory, TcpListenOptions options)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Backlog, 1, "backlog");
        IPEndPoint local = LocalAddress(port, options.Address);
        var listening = new ListeningPort(this, () => _driver.Listen(local, options), factory);
        listening.StartListening();
        return listening;
    }

    public IConnector ConnectTcp(string host, int port, IClientFactory factory, TimeSpan? timeout = null,
        IPEndPoint? bindAddress = null)
    {
        if (timeout is { } patience)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero, nameof(timeout));
        TcpConnectOptions usual = TcpConnectOptions.Default;
        return ConnectTcp(host, port, factory, timeout is null && bindAddress is null
            ? usual
            : usual with { Timeout = timeout ?? usual.Timeout, BindAddress = bindAddress });
    }

    public virtual IConnector ConnectTcp(string host, int port, IClientFactory factory, TcpConnectOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(options);
        if (port is < 1 or > IPEndPoint.MaxPort)
            throw new ArgumentOutOfRangeException(nameof(port), port, "A TCP port to connect to is 1 to 65535.");
        EndPoint destination = IPAddress.TryParse(host, out IPAddress? literal)
            ? new IPEndPoint(literal, port)
            : new DnsEndPoint(host, port);
        var connector = new Connector(this, destination, factory, options.Timeout,
            address => _driver.Connect(address, options.BindAddress), options);
        connector.Connect();
        return connector;
    }

    public IListeningPort ListenUdp(int port, IDatagramProtocol protocol, string address = "",
        int maxPacketSize = 8192)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPacketSize, 1);
        IPEndPoint local = LocalAddress(port, address);
        var datagrams = new UdpPort(this, () => _driver.Bind(local), protocol, maxPacketSize);
        datagrams.StartListening();
        return datagrams;
    }

    void ILayerHost.Open(ISocketDriver layer, IProtocol protocol) =>
        new StreamTransport(this, layer, NoOwner.Instance, overLayer: true).Start(protocol);

    ILogger ILayerHost.Log => _log;

    void ILayerHost.Report(Exception failure, string source) => Report(failure, source);

    internal static IPEndPoint LocalAddress(int port, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (port is < 0 or > IPEndPoint.MaxPort)
            throw new ArgumentOutOfRangeException(nameof(port), port, "A port to listen on is 0 to 65535.");
        if (address.Length == 0)
            return new IPEndPoint(IPAddress.Any, port);
        return IPAddress.TryParse(address, out IPAddress? parsed)
            ? new IPEndPoint(parsed, port)
            : throw new ArgumentException(
                $"'{address}' is not an IPv4 or IPv6 address. Listening needs an address of this machine, not a name.",
                nameof(address));
    }

    private void DisconnectAll()
    {
        foreach (ConnectAttempt attempt in Attempts.ToArray())
            attempt.Cancel();
        foreach (StreamTransport connection in Connections.ToArray())
            connection.Disconnect();
        foreach (IOpenPort port in Ports.ToArray())
            port.CloseNow();
        foreach (ProcessTransport process in Processes.ToArray())
            process.Abandon();
    }
}

/// <summary>For a transport whose end is told by another one, below or above it.</summary>
internal sealed class NoOwner : IConnectionOwner
{
    internal static readonly NoOwner Instance = new();

    public ConnectionCounts? Counts => null;

    public void ConnectionEnded(Exception reason) { }
}

/// <summary>For a connection that somebody else has accepted.</summary>
internal sealed class AdoptedOwner : IConnectionOwner
{
    internal AdoptedOwner(ReactorBase reactor)
    {
        Counts = reactor.Accepted;
        Counts.Begin();
    }

    public ConnectionCounts Counts { get; }

    public void ConnectionEnded(Exception reason) => Counts.End();
}

/// <summary>A port that the reactor closes when it shuts down.</summary>
internal interface IOpenPort
{
    EndPoint Host { get; }

    /// <summary>Its socket, where another process can go on with it; null while it is closed.</summary>
    IPassedOnSocket? PassedOn { get; }

    void CloseNow();
}
