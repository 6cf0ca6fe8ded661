using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Application;
using Twisted.Channels.Flow;
using Twisted.Channels.Nats;

namespace Twisted.Channels;

/// <summary>
/// Messages between nodes over a NATS server, for more nodes than may be connected each to each: a node has one
/// connection, and needs to know nobody but the server.
/// </summary>
/// <remarks>
/// <para>
/// Reactor thread only. Node N listens to <c>channels.node.N</c>; each tells on <c>channels.nodes</c> that it is there.
/// An acknowledgement is the receiving node's own word, not the server's. When the server goes away, all nodes are down
/// and what was not acknowledged is reported; when it is back, they are up again.
/// </para>
/// <para>
/// Who may be a node is the NATS server's matter: its users and permissions, and TLS. A node whose number is taken by
/// one that is there does not come up, says so in the log, and asks again.
/// </para>
/// </remarks>
/// <example><code>
/// var bus = new NatsBus(reactor, new NatsBusOptions { Id = 2, Server = "tcp:10.0.0.1:4222" });
/// bus.Subscribe("greet", (from, payload) => Console.WriteLine($"{from}: {Encoding.UTF8.GetString(payload)}"));
/// bus.NodeUp += other => bus.TryPost(other, "greet", "hello"u8);
/// await bus.StartService();
/// </code></example>
public sealed partial class NatsBus : MultiService, IChannelBus
{
    private readonly SortedDictionary<int, NatsPeer> _peers = [];
    private readonly LocalDelivery _local;
    private readonly Subscriptions _subscriptions;
    private readonly NatsPresence _presence;
    private uint _firstNumber; // no peer that is gone was sent a message with it or a later one
    private Deferred? _drained; // there while we are about to stop

    /// <summary>A bus; it begins when it is started.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <param name="options">Who we are, and where the server is.</param>
    /// <param name="log">Where it tells who comes, goes and is refused; nowhere unless given.</param>
    /// <exception cref="ArgumentException">An option cannot be; the text says which.</exception>
    /// <exception cref="FormatException">The endpoint string is malformed.</exception>
    public NatsBus(IReactor reactor, NatsBusOptions options, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        Clock = reactor;
        Log = log ?? NullLogger.Instance;
        _subscriptions = new Subscriptions(Id, Log);
        _local = new LocalDelivery(Id, Clock, _subscriptions, options.HighWaterMark, Dropped);
        NatsOptions nats = options.Nats with
        {
            Echo = false,
            Name = options.Nats.Name is { Length: > 0 } name ? name : $"node {Id}",
        };
        Client = new NatsClient(reactor, Endpoints.Client(reactor, options.Server), nats, Log);
        _presence = new NatsPresence(this);
        Client.Subscribe(SubjectOf(Id), Received);
        Client.Subscribe(_presence.Subject, Received);
        AddService(Client).Forget();
    }

    /// <inheritdoc/>
    public int Id => Options.Id;

    /// <inheritdoc/>
    public IReadOnlyList<int> Nodes => [.. _peers.Keys];

    /// <summary>The client below, for subjects of your own. Stop the bus, not the client.</summary>
    public NatsClient Client { get; }

    /// <summary>
    /// Whether we are a node among others: there is a connection, and nobody else has our number.
    /// </summary>
    public bool IsUp => _presence.IsUp;

    /// <summary>Posts that have arrived here and were not taken: nobody is subscribed, has failed, is busy.</summary>
    public long DroppedPosts { get; private set; }

    /// <inheritdoc/>
    public event Action<int>? NodeUp;

    /// <inheritdoc/>
    public event Action<int, Exception>? NodeDown;

    internal NatsBusOptions Options { get; }

    internal IReactorTime Clock { get; }

    internal ILogger Log { get; }

    internal IEnumerable<NatsPeer> Peers => _peers.Values;

    private bool IsStopping => _drained is not null;

    /// <inheritdoc/>
    public IDisposable Subscribe(string service, MessageReceiver receiver) =>
        _subscriptions.Add(service, receiver);

    /// <inheritdoc/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public IDisposable Subscribe(string service, Func<int, ReadOnlyMemory<byte>, Deferred> receiver) =>
        _subscriptions.Add(service, receiver);

    /// <inheritdoc/>
    public Deferred Send(int node, string service, ReadOnlySpan<byte> payload)
    {
        EnsureFits(node, service, payload.Length);
        if (node == Id)
            return _local.Send(service, payload, wantsAnswer: true) ?? Deferred.Fail(new NodeBusyException(Id));
        if (!TryFind(node, out NatsPeer? peer))
            return Deferred.Fail(new NodeDownException(node, mayHaveArrived: false));
        if (!Client.IsReady || !peer.HasRoom)
            return Deferred.Fail(new NodeBusyException(node));
        Deferred answered = peer.Add(out uint number);
        Write(peer.Subject, NatsFrameKind.Send, peer.Session, number, service, payload);
        return answered;
    }

    /// <inheritdoc/>
    public bool TryPost(int node, string service, ReadOnlySpan<byte> payload)
    {
        EnsureFits(node, service, payload.Length);
        if (node == Id)
            return _local.Send(service, payload, wantsAnswer: false) is not null;
        return TryFind(node, out NatsPeer? peer)
            && Write(peer.Subject, NatsFrameKind.Post, peer.Session, null, service, payload);
    }

    /// <inheritdoc/>
    /// <remarks>One message goes to the server, however many nodes there are.</remarks>
    public int PostToAll(string service, ReadOnlySpan<byte> payload)
    {
        EnsureFits(Id, service, payload.Length);
        return !IsStopping && IsUp && _peers.Count > 0
            && Write(_presence.Subject, NatsFrameKind.Post, 0, null, service, payload) ? _peers.Count : 0;
    }

    /// <inheritdoc/>
    public Deferred WhenReady(int node)
    {
        if (node == Id)
            return _local.WhenReady();
        if (!TryFind(node, out _))
            return Deferred.Fail(new NodeDownException(node, mayHaveArrived: false));
        return Client.WhenReady().AddErrback<NatsDownException>(
            down => throw new NodeDownException(node, mayHaveArrived: false, down));
    }

    /// <summary>
    /// Stops: takes no more messages, waits for the answers that are missing, and parts from the other nodes.
    /// </summary>
    /// <returns>
    /// Fires when the connection has ended; after <see cref="NatsBusOptions.DrainTimeout"/> and the client's own in any
    /// case.
    /// </returns>
    public override async Deferred StopService()
    {
        if (IsStopping)
        {
            await base.StopService();
            return;
        }
        Deferred drained = _drained = new Deferred();
        IDelayedCall deadline = Clock.CallLater(Options.DrainTimeout, Drained);
        DrainedIfAnswered();
        await drained;
        deadline.Cancel();
        _presence.Leave();
        await base.StopService();
        _drained = null;
    }

    internal string SubjectOf(int node) => $"{Options.Prefix}.node.{node}";

    internal void Up(int id, ulong session)
    {
        _peers.Add(id, new NatsPeer(this, id, session, _firstNumber));
        ChannelLog.Up(Log, Id, id, "the NATS server");
        Event.Raise(NodeUp, handler => handler(id),
            failure => ChannelLog.EventFailed(Log, failure, Id, nameof(NodeUp)));
    }

    internal void Down(NatsPeer peer, Exception reason)
    {
        if (_peers.GetValueOrDefault(peer.Id) != peer)
            return; // told before
        _peers.Remove(peer.Id);
        // It may be back in the same session: a late answer to what we gave up must not be taken for a later one's.
        if (unchecked((int)(peer.Next - _firstNumber)) > 0)
            _firstNumber = peer.Next;
        ChannelLog.Down(Log, Id, peer.Id, reason.Message);
        peer.End(reason);
        Event.Raise(NodeDown, handler => handler(peer.Id, reason),
            failure => ChannelLog.EventFailed(Log, failure, Id, nameof(NodeDown)));
        DrainedIfAnswered();
    }

    internal NatsPeer? Find(int id) => _peers.GetValueOrDefault(id);

    /// <summary>Publishes a frame that is only its head.</summary>
    internal bool Write(string subject, NatsFrameKind kind, ulong to)
    {
        Span<byte> head = stackalloc byte[NatsFrame.Length];
        new NatsFrame(kind, Id, _presence.Session, to).Write(head);
        return Client.TryPublish(subject, head, []);
    }
}
