using System.Net;

namespace Twisted.Testing;

/// <summary>A whole reactor in memory: what listens and connects meets inside the process, in virtual time.</summary>
/// <remarks>
/// It is the engine of production over another driver. <c>Reactor.Run()</c> works: when nothing is left to do, time
/// moves on to the next timer. Twisted: <c>MemoryReactorClock</c>.
/// </remarks>
public sealed class MemoryReactor
{
    private readonly MemoryLoop _loop;

    /// <summary>A reactor on this clock.</summary>
    /// <param name="clock">Its time.</param>
    public MemoryReactor(VirtualClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Clock = clock;
        _loop = new MemoryLoop(clock);
    }

    /// <summary>Its time.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The reactor, for the code under test.</summary>
    public IReactor Reactor => _loop;

    /// <summary>Every call of ConnectTcp so far.</summary>
    public IReadOnlyList<(string Host, int Port, IClientFactory Factory)> TcpClients => _loop.TcpClients;

    /// <summary>Every successful call of ListenTcp so far, with the real port.</summary>
    public IReadOnlyList<(int Port, IProtocolFactory Factory)> TcpServers => _loop.TcpServers;

    /// <summary>Lets a name resolve to these addresses. "localhost" is known.</summary>
    /// <param name="host">The name.</param>
    /// <param name="addresses">What it resolves to, in order.</param>
    public void AddHost(string host, params IReadOnlyList<IPAddress> addresses) =>
        _loop.Memory.Hosts[host] = addresses;

    /// <summary>Lets an address answer nobody who connects to it, as behind a firewall that drops.</summary>
    /// <param name="address">The address.</param>
    public void AddBlackHole(IPAddress address) => _loop.Memory.Routes[address] = new MemoryRoute(false, null);

    /// <summary>Lets an address refuse, whatever listens.</summary>
    /// <param name="address">The address.</param>
    /// <param name="latency">After how long; at once unless given.</param>
    public void AddRefusingHost(IPAddress address, TimeSpan latency = default) =>
        _loop.Memory.Routes[address] = new MemoryRoute(true, latency);

    /// <summary>Lets an address answer late those who connect to it.</summary>
    /// <param name="address">The address.</param>
    /// <param name="latency">How late.</param>
    public void AddSlowHost(IPAddress address, TimeSpan latency) =>
        _loop.Memory.Routes[address] = new MemoryRoute(false, latency);

    /// <summary>Connects to a port of this reactor as a client that the test plays itself.</summary>
    /// <param name="port">The port.</param>
    /// <exception cref="ConnectionRefusedException">Nobody listens there.</exception>
    public MemoryPeer Connect(int port) => MemoryPeer.Connect(_loop, Clock, port);
}
