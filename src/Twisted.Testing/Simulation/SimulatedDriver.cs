using System.Net;
using System.Net.Sockets;

namespace Twisted.Testing;

/// <summary>A host's platform: sockets whose bytes travel through the world, in virtual time.</summary>
internal sealed class SimulatedDriver : IReactorDriver
{
    private const int FirstFreePort = 32_768;
    private const int LocalHostNumber = 127;

    private readonly SimulatedWorld _world;
    private readonly List<IMemoryReadiness> _ready = [];
    private readonly List<IMemoryReadiness> _telling = [];
    private readonly Dictionary<int, SimulatedListener> _listeners = [];
    private readonly Dictionary<int, SimulatedDatagramSocket> _datagrams = [];
    private DecisionStream _socketOrder;
    private DecisionStream _threadDelays;
    private DecisionStream _nameDelays;
    private DecisionStream _nameFailures;
    private int _nextPort = FirstFreePort;
    private int _sockets;

    internal SimulatedDriver(SimulatedWorld world, SimulatedHost host)
    {
        _world = world;
        Owner = host;
        _socketOrder = new DecisionStream(DecisionKind.SocketOrder, host.Number);
        _threadDelays = new DecisionStream(DecisionKind.ThreadDelay, host.Number);
        _nameDelays = new DecisionStream(DecisionKind.NameDelay, host.Number);
        _nameFailures = new DecisionStream(DecisionKind.NameFailure, host.Number);
    }

    internal SimulatedHost Owner { get; }

    internal SimulatedLoop Loop { get; set; } = null!;

    internal TimeRange ThreadDelay { get; set; }

    internal TimeRange NameDelay { get; set; }

    internal double NameFailures { get; set; }

    /// <summary>Whether a loop that waits would go on before its time.</summary>
    internal bool IsDisturbed => _ready.Count > 0 || IsWoken;

    /// <summary>Whether the loop was woken since its last iteration began.</summary>
    internal bool IsWoken { get; set; }

    /// <summary>Sockets open now, of any kind.</summary>
    internal int OpenSockets { get; set; }

    internal bool HasDescriptor => OpenSockets < Owner.DescriptorLimit;

    public TimeProvider TimeProvider => _world.Clock;

    public bool Poll(TimeSpan timeout)
    {
        if (_ready.Count == 0)
            Wait(timeout);
        if (_ready.Count == 0)
            return false;
        // What becomes ready meanwhile is told by the next poll, as by a real one.
        _telling.AddRange(_ready);
        _ready.Clear();
        while (_telling.Count > 0)
        {
            int place = (int)_world.Decisions.Choose(ref _socketOrder, _telling.Count - 1, chance: 0.5);
            IMemoryReadiness one = _telling[place];
            _telling.RemoveAt(place);
            one.IsQueued = false;
            if (one.IsReady)
                one.Raise();
            Changed(one);
        }
        return true;
    }

    /// <summary>A reactor that is run by itself waits, and not the simulation: here the others go on.</summary>
    private void Wait(TimeSpan timeout)
    {
        Loop.Leave(); // the other hosts, and what runs on threads, are outside this reactor
        try
        {
            if (timeout == TimeSpan.Zero)
                Look();
            else
                WaitUntil(timeout == Timeout.InfiniteTimeSpan ? null : _world.Now + timeout);
        }
        finally
        {
            Loop.Enter();
        }
    }

    private void Look()
    {
        if (Owner.RunsItself)
            _world.CountStep(Owner);
        _world.Arrive();
    }

    private void WaitUntil(TimeSpan? end)
    {
        _world.Run(end, () => IsDisturbed || _world.Now >= end, waiting: Owner);
        if (end is null && !IsDisturbed)
        {
            throw new InvalidOperationException(
                "The reactor would wait for ever: no timer, no call and no data is left. Stop it in the test.");
        }
        IsWoken = false;
    }

    /// <summary>Something about this socket has changed: it may have become ready.</summary>
    internal void Changed(IMemoryReadiness one)
    {
        if (one.IsQueued || !one.IsReady)
            return;
        one.IsQueued = true;
        _ready.Add(one);
    }

    public void Wake() => IsWoken = true;

    public IListenDriver Listen(IPEndPoint address, TcpListenOptions options)
    {
        int port = PortFor(address, _listeners.ContainsKey);
        Descriptor(address, port);
        var listener = new SimulatedListener(this, new IPEndPoint(address.Address, port), options.Backlog);
        _listeners.Add(port, listener);
        _world.Trace.Add(Owner, 0, "listens", port);
        return listener;
    }

    public ISocketDriver Connect(EndPoint remote, EndPoint? bind)
    {
        var to = (IPEndPoint)remote;
        if (!HasDescriptor)
            throw FailureText.Connecting(TooManyFiles);
        SimulatedHost? other = FindHost(to.Address);
        IPAddress from = other == Owner ? to.Address : Owner.Address;
        var here = new IPEndPoint(from, bind is IPEndPoint { Port: > 0 } wanted ? wanted.Port : FreePort());
        SimulatedLink link = _world.Link(Owner, other ?? Owner);
        var client = new SimulatedSocket(_world, this, link, NextSocket(), here, to);
        client.Connect(other?.Driver);
        return client;
    }

    /// <summary>A number for a socket, the same in every run.</summary>
    internal int NextSocket() => ++_sockets;

    internal SimulatedListener? FindListener(int port) => _listeners.GetValueOrDefault(port);

    internal SimulatedDatagramSocket? FindDatagrams(int port) => _datagrams.GetValueOrDefault(port);

    internal SimulatedHost? FindHost(IPAddress address) =>
        address.GetAddressBytes()[0] == LocalHostNumber || IPAddress.IPv6Loopback.Equals(address)
            ? Owner
            : _world.Find(address);

    internal void Forget(SimulatedListener listener) => _listeners.Remove(listener.Host.Port);

    internal void Forget(SimulatedDatagramSocket socket) => _datagrams.Remove(socket.Host.Port);

    public IDatagramDriver Bind(IPEndPoint address)
    {
        int port = PortFor(address, _datagrams.ContainsKey);
        Descriptor(address, port);
        IPAddress host = address.Address.Equals(IPAddress.Any) ? Owner.Address : address.Address;
        var socket = new SimulatedDatagramSocket(_world, this, NextSocket(), new IPEndPoint(host, port));
        _datagrams.Add(port, socket);
        return socket;
    }

    public IReadOnlyList<IPAddress> Resolve(string host)
    {
        if (_world.Decisions.Happens(ref _nameFailures, NameFailures))
        {
            _world.Trace.Add(Owner, 0, "finds no name");
            throw new DnsLookupException($"DNS lookup failed: {host}: the simulation lets it fail.");
        }
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            ? [IPAddress.Loopback]
            : _world.Find(host) is { } found
                ? [found.Address]
                : throw new DnsLookupException($"DNS lookup failed: {host}: no such host in this simulation.");
    }

    public void RunLookup(Action work) =>
        InThread("looks a name up", NameDelay.Choose(_world.Decisions, ref _nameDelays), work);

    public void RunInThread(Action work) =>
        InThread("works in a thread", ThreadDelay.Choose(_world.Decisions, ref _threadDelays), work);

    private void InThread(string what, TimeSpan delay, Action work) => _world.In(delay, () =>
    {
        _world.Trace.Add(Owner, 0, what);
        work();
    });

    public void SetThreadPoolSize(int size) { }

    public void StartThread(Action work) => throw new NotSupportedException(
        "A simulated reactor has no thread of its own: the simulation steps it. Call RunUntilQuiet.");

    public void Dispose() { }

    internal static OsFailure TooManyFiles => new(SocketError.TooManyOpenSockets, 24, "Too many open files");

    private void Descriptor(IPEndPoint address, int port)
    {
        if (!HasDescriptor)
            throw FailureText.Listening(address.Address.ToString(), port, TooManyFiles);
        OpenSockets++;
    }

    private int PortFor(IPEndPoint address, Func<int, bool> isTaken)
    {
        if (address.Port != 0)
        {
            return !isTaken(address.Port)
                ? address.Port
                : throw FailureText.Listening(address.Address.ToString(), address.Port,
                    new OsFailure(SocketError.AddressAlreadyInUse, 98, "Address already in use"));
        }
        int port;
        do
            port = FreePort();
        while (isTaken(port));
        return port;
    }

    private int FreePort()
    {
        int port = _nextPort;
        _nextPort = port == IPEndPoint.MaxPort ? FirstFreePort : port + 1;
        return port;
    }
}
