using System.Net;

namespace Twisted.Internet;

// IReactorTcp, IReactorUdp, IReactorNames, and what is open.
internal partial class ReactorBase
{
    internal static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(30);

    internal IReactorDriver Driver => _driver;

    /// <summary>The connections that are up.</summary>
    internal ConnectionSet Connections { get; } = new();

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

    public virtual IConnector ConnectTcp(string host, int port, IClientFactory factory, TimeSpan? timeout = null,
        IPEndPoint? bindAddress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentNullException.ThrowIfNull(factory);
        if (port is < 1 or > IPEndPoint.MaxPort)
            throw new ArgumentOutOfRangeException(nameof(port), port, "A TCP port to connect to is 1 to 65535.");
        TimeSpan patience = timeout ?? DefaultConnectTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero, nameof(timeout));
        EndPoint destination = IPAddress.TryParse(host, out IPAddress? literal)
            ? new IPEndPoint(literal, port)
            : new DnsEndPoint(host, port);
        var connector = new Connector(this, destination, factory, patience,
            address => _driver.Connect(address, bindAddress));
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

    public Deferred<IReadOnlyList<IPAddress>> Resolve(string host)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        return IPAddress.TryParse(host, out IPAddress? literal)
            ? Deferred.Succeed<IReadOnlyList<IPAddress>>([literal])
            : DeferToThread(() => _driver.Resolve(host));
    }

    void ILayerHost.Open(ISocketDriver layer, IProtocol protocol) =>
        new StreamTransport(this, layer, NoOwner.Instance).Start(protocol);

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
            attempt.Fail(new ConnectingCancelledException("The reactor was stopped while connecting."));
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

    public void ConnectionEnded(Exception reason) { }
}

/// <summary>A port that the reactor closes when it shuts down.</summary>
internal interface IOpenPort
{
    EndPoint Host { get; }

    void CloseNow();
}
