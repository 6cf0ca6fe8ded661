using System.Net;
using System.Net.Sockets;

namespace Twisted.Testing;

/// <summary>
/// A network inside the process: no faults, no latency, first in first out. Readiness is level-triggered: what is still
/// ready after its event stands in the queue again.
/// </summary>
internal sealed class MemoryDriver(VirtualClock clock) : IReactorDriver
{
    private const int FirstFreePort = 40_000;

    private readonly Queue<IMemoryReadiness> _ready = [];
    private readonly Queue<Action> _threadWork = [];
    private readonly Dictionary<int, MemoryListener> _listeners = [];
    private readonly Dictionary<int, MemoryDatagramSocket> _datagrams = [];
    private int _nextPort = FirstFreePort;

    internal MemoryLoop Loop { get; set; } = null!;

    /// <summary>What names resolve to; "localhost" is always known.</summary>
    internal Dictionary<string, IReadOnlyList<IPAddress>> Hosts { get; } =
        new(StringComparer.OrdinalIgnoreCase) { ["localhost"] = [IPAddress.Loopback] };

    /// <summary>Addresses that do not answer as a listening port there would at once.</summary>
    internal Dictionary<IPAddress, MemoryRoute> Routes { get; } = [];

    public TimeProvider TimeProvider => clock.Source;

    public bool Poll(TimeSpan timeout)
    {
        bool worked = RunThreadWork();
        for (int present = _ready.Count; present > 0; present--)
        {
            IMemoryReadiness one = _ready.Dequeue();
            one.IsQueued = false;
            if (!one.IsReady)
                continue;
            worked = true;
            one.Raise();
            Changed(one);
        }
        if (!worked && timeout != TimeSpan.Zero)
            clock.Idle(Loop, timeout);
        return worked;
    }

    /// <summary>Something about this socket has changed: it may have become ready.</summary>
    internal void Changed(IMemoryReadiness one)
    {
        if (one.IsQueued || !one.IsReady)
            return;
        one.IsQueued = true;
        _ready.Enqueue(one);
    }

    public void Wake() { }

    public IListenDriver Listen(IPEndPoint address, TcpListenOptions options)
    {
        int port = address.Port == 0 ? FreePort(_listeners.ContainsKey) : address.Port;
        if (_listeners.ContainsKey(port))
            throw FailureText.Listening(address.Address.ToString(), port, InUse);
        var listener = new MemoryListener(this, new IPEndPoint(address.Address, port), options.Backlog);
        _listeners.Add(port, listener);
        return listener;
    }

    public ISocketDriver Connect(EndPoint remote, EndPoint? bind)
    {
        IPAddress from = (bind as IPEndPoint)?.Address ?? IPAddress.Loopback;
        int fromPort = bind is IPEndPoint { Port: > 0 } wanted ? wanted.Port : NextPort();
        var here = new IPEndPoint(from, fromPort);
        var client = new MemorySocket(this, here, remote);
        if (remote is not IPEndPoint { Address: var address } || !Routes.TryGetValue(address, out MemoryRoute? route))
            Answer(client, refused: false);
        else if (route.Latency == TimeSpan.Zero)
            Answer(client, route.Refuses);
        else
            client.Answering = route.Latency is { } latency
                ? Loop.CallLater(latency, () => Answer(client, route.Refuses))
                : MemoryRoute.Never;
        return client;
    }

    private void Answer(MemorySocket client, bool refused)
    {
        client.Answering = null;
        if (!refused && _listeners.TryGetValue(client.Peer.Port, out MemoryListener? listener) && listener.HasRoom)
        {
            var server = new MemorySocket(this, client.Peer, client.Host);
            MemorySocket.Join(client, server);
            listener.Offer(server);
        }
        else
            client.Refuse();
        Changed(client);
    }

    public IDatagramDriver Bind(IPEndPoint address)
    {
        int port = address.Port == 0 ? FreePort(_datagrams.ContainsKey) : address.Port;
        if (_datagrams.ContainsKey(port))
            throw FailureText.Listening(address.Address.ToString(), port, InUse);
        IPAddress host = address.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Address;
        var socket = new MemoryDatagramSocket(this, new IPEndPoint(host, port));
        _datagrams.Add(port, socket);
        return socket;
    }

    public IReadOnlyList<IPAddress> Resolve(string host) => Hosts.TryGetValue(host, out var addresses)
        ? addresses
        : throw new DnsLookupException($"DNS lookup failed: {host}: no such host in this memory network.");

    public void RunLookup(Action work) => _threadWork.Enqueue(work);

    public void RunInThread(Action work) => _threadWork.Enqueue(work);

    public void SetThreadPoolSize(int size) { }

    public void StartThread(Action work) => throw new NotSupportedException(
        "A memory reactor has no thread of its own: its clock steps it. Call Clock.Advance, or Run in the test.");

    public void Dispose() { }

    internal void Forget(MemoryListener listener) => _listeners.Remove(listener.Host.Port);

    internal void Forget(MemoryDatagramSocket socket) => _datagrams.Remove(socket.Host.Port);

    internal MemoryDatagramSocket? FindDatagrams(int port) => _datagrams.GetValueOrDefault(port);

    private static OsFailure InUse => new(SocketError.AddressAlreadyInUse, 98, "Address already in use");

    private int FreePort(Func<int, bool> taken)
    {
        int port;
        do
            port = NextPort();
        while (taken(port));
        return port;
    }

    private int NextPort()
    {
        int port = _nextPort;
        _nextPort = port == IPEndPoint.MaxPort ? FirstFreePort : port + 1;
        return port;
    }

    /// <summary>Work for threads is done here, one piece after the other, as if it were on another thread.</summary>
    private bool RunThreadWork()
    {
        int present = _threadWork.Count;
        for (int i = 0; i < present; i++)
        {
            Action work = _threadWork.Dequeue();
            Loop.Leave();
            try
            {
                work();
            }
            finally
            {
                Loop.Enter();
            }
        }
        return present > 0;
    }
}

/// <summary>Something that can be ready in a memory network.</summary>
internal interface IMemoryReadiness
{
    bool IsQueued { get; set; }

    bool IsReady { get; }

    void Raise();
}
