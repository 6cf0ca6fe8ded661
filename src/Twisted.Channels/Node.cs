using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Application;
using Twisted.Channels.Flow;

namespace Twisted.Channels;

/// <summary>
/// One process of a mesh: it listens for nodes of higher numbers, connects to those of lower numbers, and again when a
/// connection is lost; each two have one connection.
/// </summary>
/// <remarks>
/// <para>
/// Reactor thread only. Both sides of a connection prove that they know the secret (see docs/channels.md). That says
/// who is there; it hides nothing: across networks that others can read or change, use <c>tls:</c> endpoints.
/// </para>
/// <para>
/// When a node connects whose number is connected already, the older connection is asked whether it is there: if it
/// answers, the newer one is refused, else it takes the place.
/// </para>
/// </remarks>
/// <example><code>
/// var node = new Node(reactor, new NodeOptions
/// {
///     Id = 2,
///     SharedSecret = File.ReadAllBytes("secret"),
///     Listen = "tcp:9102",
///     Peers = new Dictionary&lt;int, string&gt; { [1] = "tcp:10.0.0.1:9101" },
/// });
/// node.Subscribe("greet", (from, payload) => Console.WriteLine($"{from}: {Encoding.UTF8.GetString(payload)}"));
/// node.NodeUp += other => node.TryPost(other, "greet", "hello"u8);
/// await node.StartService();
/// </code></example>
public sealed class Node : MultiService, IChannelBus
{
    private readonly SortedDictionary<int, Channel> _channels = [];
    private readonly LocalDelivery _local;
    private readonly StreamServerService? _server;

    /// <summary>A node; it begins with <see cref="MultiService.StartService"/>.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <param name="options">Who it is and whom it knows.</param>
    /// <param name="log">Where it tells who comes, goes and is refused; nowhere unless given.</param>
    /// <exception cref="ArgumentException">An option cannot be; the text says which.</exception>
    /// <exception cref="FormatException">An endpoint string is malformed.</exception>
    public Node(IReactor reactor, NodeOptions options, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        Clock = reactor;
        Log = log ?? NullLogger.Instance;
        Subscriptions = new Subscriptions(options.Id, Log);
        _local = new LocalDelivery(Id, Clock, Subscriptions, options.HighWaterMark, Dropped);
        Acceptor = new NodeAcceptor(this);
        if (options.Listen is { } listen)
        {
            _server = new StreamServerService(reactor, Endpoints.Server(reactor, listen), Acceptor, Log)
            {
                Name = $"node {Id}",
                DrainTimeout = options.DrainTimeout,
            };
            AddService(_server).Forget();
        }
        foreach ((int peer, string endpoint) in options.Peers.Where(peer => peer.Key < Id).OrderBy(peer => peer.Key))
            AddService(Connecting(reactor, peer, endpoint)).Forget();
    }

    /// <inheritdoc/>
    public int Id => Options.Id;

    /// <inheritdoc/>
    public IReadOnlyList<int> Nodes => [.. _channels.Keys];

    /// <summary>The ways to the nodes that are up, by their numbers.</summary>
    public IReadOnlyDictionary<int, Channel> Channels => _channels;

    /// <summary>
    /// Builds the protocols of connections that come in, for who listens in another way than by
    /// <see cref="NodeOptions.Listen"/>.
    /// </summary>
    public IProtocolFactory Acceptor { get; }

    /// <summary>Where it listens; null while it does not, or by <see cref="Acceptor"/>.</summary>
    public EndPoint? Host => _server?.Host;

    /// <summary>Posts that have arrived here and were not taken: nobody is subscribed, has failed, is busy.</summary>
    public long DroppedPosts { get; private set; }

    /// <inheritdoc/>
    public event Action<int>? NodeUp;

    /// <inheritdoc/>
    public event Action<int, Exception>? NodeDown;

    internal NodeOptions Options { get; }

    internal IReactorTime Clock { get; }

    internal ILogger Log { get; }

    internal Subscriptions Subscriptions { get; }

    /// <summary>Whether it was told to stop.</summary>
    internal bool IsStopping { get; private set; }

    /// <inheritdoc/>
    public IDisposable Subscribe(string service, MessageReceiver receiver) =>
        Subscriptions.Add(service, receiver);

    /// <inheritdoc/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public IDisposable Subscribe(string service, Func<int, ReadOnlyMemory<byte>, Deferred> receiver) =>
        Subscriptions.Add(service, receiver);

    /// <inheritdoc/>
    public Deferred Send(int node, string service, ReadOnlySpan<byte> payload)
    {
        if (_channels.TryGetValue(node, out Channel? channel))
            return channel.Send(service, payload);
        Wire.EnsureName(service);
        return node == Id
            ? ToOurselves(service, payload, wantsAnswer: true) ?? Deferred.Fail(new NodeBusyException(Id))
            : Deferred.Fail(new NodeDownException(node, mayHaveArrived: false));
    }

    /// <inheritdoc/>
    public bool TryPost(int node, string service, ReadOnlySpan<byte> payload)
    {
        if (_channels.TryGetValue(node, out Channel? channel))
            return channel.TryPost(service, payload);
        Wire.EnsureName(service);
        return node == Id && ToOurselves(service, payload, wantsAnswer: false) is not null;
    }

    /// <inheritdoc/>
    public int PostToAll(string service, ReadOnlySpan<byte> payload)
    {
        Wire.EnsureName(service);
        int count = 0;
        foreach (Channel channel in _channels.Values)
        {
            if (channel.TryPost(service, payload))
                count++;
        }
        return count;
    }

    /// <inheritdoc/>
    public Deferred WhenReady(int node) =>
        _channels.TryGetValue(node, out Channel? channel) ? channel.WhenReady()
        : node == Id ? _local.WhenReady()
        : Deferred.Fail(new NodeDownException(node, mayHaveArrived: false));

    /// <inheritdoc/>
    public override Deferred StartService()
    {
        IsStopping = false;
        return base.StartService();
    }

    /// <summary>
    /// Stops: takes no more messages, waits for the answers that are missing, and parts from the other nodes.
    /// </summary>
    /// <returns>
    /// Fires when all connections have ended; after <see cref="NodeOptions.DrainTimeout"/> in any case.
    /// </returns>
    public override Deferred StopService()
    {
        IsStopping = true;
        return base.StopService();
    }

    /// <summary>Who has connected to us has proved that it knows the secret, and wants to be that node.</summary>
    internal void Claim(ChannelProtocol newer, int id)
    {
        if (!_channels.TryGetValue(id, out Channel? older))
        {
            newer.Admit();
            return;
        }
        ChannelLog.Contested(Log, Id, Wire.Describe(newer.Transport.Peer), id, Wire.Describe(older.Peer));
        if (older.Protocol.IsAsked)
        {
            RefuseDuplicate(newer, older);
            return;
        }
        older.Protocol.Ask().AddCallback(isThere =>
        {
            if (!newer.IsConnected || newer.Transport.IsDisconnecting)
                return;
            if (isThere)
                RefuseDuplicate(newer, older);
            else
                Claim(newer, id);
        }).Forget();
    }

    internal void Up(Channel channel)
    {
        _channels.Add(channel.NodeId, channel);
        ChannelLog.Up(Log, Id, channel.NodeId, Wire.Describe(channel.Peer));
        Raise(nameof(NodeUp), NodeUp, handlers => handlers(channel.NodeId));
    }

    /// <summary>A channel has ended, or was given up before its connection has.</summary>
    internal void Down(Channel channel, Exception reason)
    {
        if (_channels.GetValueOrDefault(channel.NodeId) != channel)
            return; // told before
        _channels.Remove(channel.NodeId);
        ChannelLog.Down(Log, Id, channel.NodeId, reason.Message);
        channel.End(reason);
        Raise(nameof(NodeDown), NodeDown, handlers => handlers(channel.NodeId, reason));
    }

    internal void Dropped(int from, MessageAnswer answer)
    {
        DroppedPosts++;
        ChannelLog.Dropped(Log, Id, from, answer);
    }

    private Deferred? ToOurselves(string service, ReadOnlySpan<byte> payload, bool wantsAnswer)
    {
        Wire.EnsureFits(Id, Wire.SendHead + service.Length, payload.Length, Options.MaxFrame);
        return _local.Send(service, payload, wantsAnswer);
    }

    private static void RefuseDuplicate(ChannelProtocol newer, Channel older) => newer.Refuse(
        HandshakeRefusal.Duplicate, $"{older} is up and has that number: give each node a number of its own");

    private ClientService Connecting(IReactor reactor, int peer, string endpoint)
    {
        var options = new ClientServiceOptions
        {
            InitialDelay = Options.ReconnectDelay,
            MaxDelay = Options.ReconnectDelay,
            Factor = 1,
            DrainTimeout = Options.DrainTimeout,
            PrepareConnection = static protocol => ((ChannelProtocol)protocol).Verified,
            Random = Options.Random,
        };
        var timed = new TimedEndpoint(Endpoints.Client(reactor, endpoint), Options.HandshakeTimeout, reactor);
        var factory = Factory.For(() => new ChannelProtocol(this, expected: peer));
        return new ClientService(reactor, timed, factory, options, Log) { Name = $"node {Id} to node {peer}" };
    }

    private void Raise<T>(string what, T? handlers, Action<T> raise) where T : Delegate =>
        Event.Raise(handlers, raise, failure => ChannelLog.EventFailed(Log, failure, Id, what));

    /// <summary>With a name of its own, for logs that tell which factory listens.</summary>
    private sealed class NodeAcceptor(Node node) : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new ChannelProtocol(node, expected: null);
    }
}
