using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Application;
using Twisted.Channels.Flow;

namespace Twisted.Channels.Nats;

/// <summary>A client of a NATS server: publish, subscribe, request, over a connection that comes back.</summary>
/// <remarks>
/// <para>
/// Reactor thread only. Core NATS, without JetStream: a message goes to those who are subscribed when it passes the
/// server, and who is not there does not get it. What we publish keeps its order. Subscriptions outlive a connection:
/// they are in place again before <see cref="Connected"/>.
/// </para>
/// <para>
/// Nothing is kept for a server that is away: <see cref="Publish"/> says at once that nothing was sent. What was
/// published and not confirmed when the connection ended is reported to its sender, as what may have arrived.
/// </para>
/// <para>
/// Left out: headers of our own messages, the further servers of a cluster that an INFO names (give each client an
/// endpoint that finds one), NKeys and JWT.
/// </para>
/// </remarks>
/// <example><code>
/// var nats = new NatsClient(reactor, Endpoints.Client(reactor, "tcp:127.0.0.1:4222"));
/// nats.Subscribe("weather.*", message => Console.WriteLine($"{message.Subject}: {message.Payload.Length} bytes"));
/// await nats.StartService();
/// await nats.WhenConnected();
/// await nats.Publish("weather.berlin", "rain"u8);
/// </code></example>
public sealed class NatsClient : MultiService
{
    private readonly Dictionary<long, NatsSubscription> _subscriptions = [];
    private readonly NatsRequests _requests;
    private readonly ClientService _service;
    private NatsProtocol? _connection; // when it is open
    private NatsProtocol? _loggingIn;  // that, or the one that has our subscriptions already
    private long _nextSubscription = 1;

    /// <summary>A client; it connects when it is started.</summary>
    /// <param name="reactor">The clock of its deadlines.</param>
    /// <param name="endpoint">Where the server is; 4222 is the usual port.</param>
    /// <param name="options">The usual ones unless given.</param>
    /// <param name="log">Where it tells that the server comes, goes and refuses; nowhere unless given.</param>
    /// <exception cref="ArgumentException">An option cannot be; the text says which.</exception>
    public NatsClient(
        IReactorTime reactor, IStreamClientEndpoint endpoint, NatsOptions? options = null, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(endpoint);
        Options = options ?? new NatsOptions();
        Options.Validate();
        Clock = reactor;
        Log = log ?? NullLogger.Instance;
        _requests = new NatsRequests(this);
        var service = new ClientServiceOptions
        {
            InitialDelay = Options.ReconnectDelay,
            MaxDelay = Options.ReconnectDelay,
            Factor = 1,
            DrainTimeout = Options.DrainTimeout,
            PrepareConnection = static protocol => ((NatsProtocol)protocol).LoggedIn,
            Random = Options.Random,
        };
        _service = new ClientService(reactor, new TimedEndpoint(endpoint, Options.HandshakeTimeout, reactor),
            Factory.For(() => new NatsProtocol(this)), service, Log)
        { Name = "NATS client" };
        AddService(_service).Forget();
    }

    /// <summary>Whether there is a connection, with the login over.</summary>
    public bool IsConnected => _connection is not null;

    /// <summary>What the server has told of itself; null while there is no connection.</summary>
    public NatsServerInfo? Server => _connection?.Server;

    /// <summary>There is a connection, with our subscriptions in place. A handler that throws is logged.</summary>
    public event Action? Connected;

    /// <summary>
    /// The connection is gone, and why. What waited for the server's word or for answers has failed before. A handler
    /// that throws is logged.
    /// </summary>
    public event Action<Exception>? Disconnected;

    internal NatsOptions Options { get; }

    internal IReactorTime Clock { get; }

    internal ILogger Log { get; }

    internal bool HasRequests => _requests.Count > 0;

    /// <summary>Waits for the connection that there is, or for the next.</summary>
    /// <returns>Fails with <see cref="OperationCanceledException"/> when the client is stopped.</returns>
    public Deferred WhenConnected() => IsConnected ? Deferred.Succeed() : _service.WhenConnected();

    /// <summary>Publishes a message without waiting for the server's word.</summary>
    /// <param name="subject">Its subject: words of printable ASCII with dots between them, without wildcards.</param>
    /// <param name="payload">The message, copied before this returns.</param>
    /// <param name="replyTo">A subject for answers; null for none.</param>
    /// <returns>False when there is no connection or too much waits to be sent: nothing was sent.</returns>
    /// <exception cref="ArgumentException">
    /// That is no subject, or the message is longer than the server takes.
    /// </exception>
    public bool TryPublish(string subject, ReadOnlySpan<byte> payload, string? replyTo = null) =>
        TryPublish(subject, [], payload, replyTo);

    /// <summary>Publishes a message and waits until the server has it; not until anybody else has.</summary>
    /// <param name="subject">Its subject: words of printable ASCII with dots between them, without wildcards.</param>
    /// <param name="payload">The message, copied before this returns.</param>
    /// <returns>
    /// Fires when the server has it. Fails with <see cref="NatsDownException"/>, which says whether it may have
    /// arrived; with <see cref="NatsBusyException"/>, nothing was sent; with <see cref="NatsException"/>, the server
    /// does not let us publish there.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// That is no subject, or the message is longer than the server takes.
    /// </exception>
    public Deferred Publish(string subject, ReadOnlySpan<byte> payload)
    {
        if (!IsUsable)
            NatsSubject.EnsureConcrete(subject);
        else if (_connection!.Barriers.Count >= Options.MaxPending)
            return Deferred.Fail(new NatsBusyException());
        else if (TryPublish(subject, payload))
            return _connection.Confirm(subject);
        return Deferred.Fail(NotSent());
    }

    /// <summary>Waits until the server has all that was published before.</summary>
    /// <returns>
    /// Fails with <see cref="NatsDownException"/>: of what was published before, some may have arrived.
    /// </returns>
    public Deferred Flush() => !IsUsable ? Deferred.Fail(NotSent())
        : _connection!.Barriers.Count >= Options.MaxPending ? Deferred.Fail(new NatsBusyException())
        : _connection.Confirm(subject: null);

    /// <summary>Publishes a message with a subject for its answer, and waits for the first one.</summary>
    /// <param name="subject">Its subject.</param>
    /// <param name="payload">The message, copied before this returns.</param>
    /// <param name="timeout">How long to wait; <see cref="NatsOptions.RequestTimeout"/> unless given.</param>
    /// <returns>
    /// The answer. Fails as <see cref="Publish"/> does; with <see cref="NatsNoRespondersException"/> when nobody is
    /// subscribed there, with <see cref="TimeoutException"/> when nobody answers. Cancel it to wait no longer.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// That is no subject, or the message is longer than the server takes.
    /// </exception>
    public Deferred<byte[]> Request(string subject, ReadOnlySpan<byte> payload, TimeSpan? timeout = null)
    {
        EnsureFits(subject, payload.Length);
        if (!IsUsable)
            return Deferred.Fail<byte[]>(NotSent());
        if (!_connection!.Gate!.IsOpen || _requests.Count >= Options.MaxPending)
            return Deferred.Fail<byte[]>(new NatsBusyException());
        Deferred<byte[]> answer = _requests.Add(subject, timeout ?? Options.RequestTimeout, out string replyTo);
        _connection.Publish(subject, replyTo, [], payload);
        return answer;
    }

    /// <summary>Gets the messages of a subject, on this connection and on each that follows.</summary>
    /// <param name="subject">
    /// A subject; a word may be <c>*</c> for any, the last one <c>></c> for any that follow.
    /// </param>
    /// <param name="receiver">Is called with each message.</param>
    /// <param name="queueGroup">Of those who give the same name, one gets each message. Null: we get all.</param>
    /// <param name="maxMessages">After so many it ends by itself. Null: it goes on until it is disposed.</param>
    /// <returns>Dispose it to get no more.</returns>
    /// <exception cref="ArgumentException">That is no subject, or no name of a group.</exception>
    public IDisposable Subscribe(
        string subject, NatsReceiver receiver, string? queueGroup = null, long? maxMessages = null)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        NatsSubject.EnsurePattern(subject);
        if (queueGroup is not null)
            NatsSubject.EnsureQueueGroup(queueGroup);
        if (maxMessages is { } most)
            ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(maxMessages));
        long number = _nextSubscription++;
        var subscription = new NatsSubscription(this, number, subject, queueGroup, maxMessages, receiver);
        _subscriptions.Add(number, subscription);
        if (_loggingIn is { } connection)
            subscription.Write(connection);
        return subscription;
    }

    /// <summary>Whether more can be published: the time to go on after that was refused.</summary>
    /// <returns>Fires at once, or when what waits has gone out; fails with <see cref="NatsDownException"/>.</returns>
    public Deferred WhenReady() => IsUsable ? _connection!.Gate!.WhenReady() : Deferred.Fail(NotSent());

    /// <summary>Whether something can be published at this moment.</summary>
    internal bool IsReady => IsUsable && _connection!.Gate!.IsOpen;

    private bool IsUsable => _connection is { IsDraining: false };

    /// <summary>As the public one, with the payload in two parts.</summary>
    internal bool TryPublish(
        string subject, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, string? replyTo = null)
    {
        EnsureFits(subject, first.Length + second.Length);
        if (replyTo is not null)
            NatsSubject.EnsureConcrete(replyTo);
        if (!IsReady)
            return false;
        _connection!.Publish(subject, replyTo, first, second);
        return true;
    }

    /// <summary>Publishes what must not wait behind a full gate: it answers what has come, so that bounds it.</summary>
    internal void Answer(string subject, ReadOnlySpan<byte> payload) =>
        _connection?.Publish(subject, replyTo: null, payload, []);

    internal void RestoreSubscriptions(NatsProtocol connection)
    {
        _loggingIn = connection;
        foreach (NatsSubscription subscription in _subscriptions.Values)
            subscription.Write(connection);
    }

    internal void Up(NatsProtocol connection)
    {
        _connection = connection;
        NatsLog.Up(Log, connection.Server!.ServerId, connection.Server.Version);
        Event.Raise(Connected, static handler => handler(), failure => NatsLog.EventFailed(Log, failure, "Connected"));
    }

    internal void Down(NatsProtocol connection, Exception reason)
    {
        _loggingIn = null;
        if (!connection.IsOpen)
            return;
        connection.IsOpen = false;
        _connection = null;
        NatsLog.Down(Log, reason.Message);
        connection.Gate!.Fail(() => new NatsDownException(mayHaveArrived: false, reason));
        connection.Barriers.Fail(() => new NatsDownException(mayHaveArrived: true, reason));
        _requests.Fail(() => new NatsDownException(mayHaveArrived: true, reason));
        Event.Raise(
            Disconnected, handler => handler(reason), failure => NatsLog.EventFailed(Log, failure, "Disconnected"));
    }

    internal void Deliver(long subscription, NatsMessage message)
    {
        if (!_subscriptions.TryGetValue(subscription, out NatsSubscription? to))
            return; // ended while it was on its way
        try
        {
            to.Take(message);
        }
        catch (Exception failure)
        {
            NatsLog.ReceiverFailed(Log, failure, to.Subject);
        }
    }

    internal void Unsubscribe(NatsSubscription subscription, long number)
    {
        if (_subscriptions.GetValueOrDefault(number) != subscription)
            return;
        _subscriptions.Remove(number);
        _loggingIn?.Line($"UNSUB {number}");
    }

    internal void Forget(long number) => _subscriptions.Remove(number);

    /// <summary>A request waits no longer.</summary>
    internal void Finished() => _connection?.LoseIfDrained();

    private void EnsureFits(string subject, int length)
    {
        NatsSubject.EnsureConcrete(subject);
        if (Server is { } server && length > server.MaxPayload)
        {
            throw new ArgumentException($"A message of {length} bytes is too long: the NATS server takes "
                + $"{server.MaxPayload} bytes. Send it in pieces, or raise max_payload there.");
        }
    }

    private NatsException NotSent() => IsUsable
        ? new NatsBusyException()
        : new NatsDownException(mayHaveArrived: false);
}
