namespace Twisted.Testing;

/// <summary>Servers and clients that meet by name inside the process, in virtual time, without faults.</summary>
/// <example><code>
/// var net = new MemoryNetwork(new VirtualClock());
/// net.Server("echo").Listen(() => new Echo());
/// MemoryPeer client = net.Connect("echo");
/// client.Send("hello");
/// Assert.Equal("hello", client.Received);
/// </code></example>
public sealed class MemoryNetwork
{
    private const int FirstPort = 1024;

    private readonly Dictionary<string, int> _ports = [];
    private readonly MemoryLoop _loop;

    /// <summary>An empty network.</summary>
    /// <param name="clock">Its time.</param>
    public MemoryNetwork(VirtualClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Clock = clock;
        _loop = new MemoryLoop(clock);
    }

    /// <summary>Its time.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The reactor below, for code that wants more than endpoints.</summary>
    public IReactor Reactor => _loop;

    /// <summary>Where a server listens.</summary>
    /// <param name="name">Any name.</param>
    public IStreamServerEndpoint Server(string name) => new TcpServerEndpoint(_loop, PortOf(name));

    /// <summary>Where a client connects to.</summary>
    /// <param name="name">The name of a server.</param>
    public IStreamClientEndpoint Client(string name) => new TcpClientEndpoint(_loop, "127.0.0.1", PortOf(name));

    /// <summary>Connects as a client that the test plays itself.</summary>
    /// <param name="name">The name of a server.</param>
    /// <exception cref="ConnectionRefusedException">Nobody listens there.</exception>
    public MemoryPeer Connect(string name) => MemoryPeer.Connect(_loop, Clock, PortOf(name));

    private int PortOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_ports.TryGetValue(name, out int port))
            _ports.Add(name, port = FirstPort + _ports.Count);
        return port;
    }
}
