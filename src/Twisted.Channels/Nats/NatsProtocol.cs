using System.Buffers;
using System.Globalization;
using System.Text;
using Twisted.Channels.Flow;

namespace Twisted.Channels.Nats;

/// <summary>One connection to a NATS server: INFO, CONNECT, then lines, and bytes after those of messages.</summary>
internal sealed class NatsProtocol(NatsClient client) : LineReceiver, IDrainable
{
    /// <summary>A buffer for payloads in pieces that is larger than this is not kept for the next one.</summary>
    private const int LargestKept = 64 * 1024;

    private readonly byte[] _line = new byte[NatsWire.LongestLine]; // of the message that is being read
    private ArrayBufferWriter<byte>? _pieces;
    private NatsMessageHead _head;
    private IDelayedCall? _deadline;    // of the login
    private Heartbeat? _heartbeat;
    private Exception? _failure;
    private bool _isPinging;            // at the end of this turn
    private bool _isDraining;

    /// <summary>
    /// Fires when the server has taken our login; fails, once the connection is gone, with the reason.
    /// </summary>
    internal Deferred LoggedIn { get; } = new(static _ => { });

    internal NatsServerInfo? Server { get; private set; }

    internal NatsBarriers Barriers { get; } = new();

    internal WriteGate? Gate { get; private set; }

    /// <summary>Whether the login is over and the connection not given up.</summary>
    internal bool IsOpen { get; set; }

    internal bool IsDraining => _isDraining;

    /// <summary>Why nothing more comes from it; null while something may.</summary>
    internal Exception? Failure => _failure;

    protected override int MaxLength => NatsWire.LongestInfo;

    protected override void ConnectionMade() => _deadline = client.Clock.CallLater(
        client.Options.HandshakeTimeout, static protocol => protocol.TooLate(), this);

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        _heartbeat?.Heard(); // the bytes of a long message, too, are a sign of life
        base.DataReceived(data);
    }

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        if (_failure is not null)
            return; // the connection is about to end
        ReadOnlySpan<byte> rest = line;
        ReadOnlySpan<byte> verb = NatsWire.Word(ref rest);
        if (NatsWire.Is(verb, "INFO"u8))
            Info(rest);
        else if (Server is null)
            Fail("what answers is no NATS server: its first line is no INFO");
        else if (line.Length > NatsWire.LongestLine)
            Fail($"the server sent a line of {line.Length} bytes, where {NatsWire.LongestLine} are the limit");
        else if (NatsWire.Is(verb, "MSG"u8) || NatsWire.Is(verb, "HMSG"u8))
            Message(line, hasHeaders: verb.Length == 4);
        else if (NatsWire.Is(verb, "PING"u8))
            Transport.Write("PONG\r\n"u8);
        else if (NatsWire.Is(verb, "PONG"u8))
            Pong();
        else if (NatsWire.Is(verb, "-ERR"u8))
            Refused(Encoding.UTF8.GetString(rest.Trim(" \t'"u8)));
        else if (!NatsWire.Is(verb, "+OK"u8))
            Fail("the server sent a line that makes no sense: " + Shown(line));
    }

    protected override void LineLengthExceeded(ReadOnlySpan<byte> line) =>
        Fail($"the server sent a line longer than {MaxLength} bytes");

    protected override void RawDataReceived(ReadOnlySpan<byte> data)
    {
        if (_failure is not null)
            return;
        int wanted = _head.TotalLength + 2 - (_pieces?.WrittenCount ?? 0);
        ReadOnlySpan<byte> mine = data[..Math.Min(wanted, data.Length)];
        if (mine.Length < wanted || _pieces is { WrittenCount: > 0 })
        {
            _pieces ??= new ArrayBufferWriter<byte>();
            _pieces.Write(mine); // memory follows what has come, not what was announced
            if (mine.Length < wanted)
                return;
        }
        SetLineMode(data[wanted..]);
        ReadOnlySpan<byte> all = _pieces is { WrittenCount: > 0 } pieces ? pieces.WrittenSpan : mine;
        if (all[^2] == '\r' && all[^1] == '\n')
            Deliver(all[..^2]);
        else
            Fail("the server sent a message that does not end where it said");
        if (_pieces is { Capacity: > LargestKept })
            _pieces = null;
        _pieces?.ResetWrittenCount();
    }

    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        _deadline?.Cancel();
        _heartbeat?.Stop();
        client.Down(this, _failure ?? reason);
        if (!LoggedIn.IsFired)
            LoggedIn.Errback(_failure ?? new NatsException(
                $"The connection to the NATS server ended before the login was over: {reason.Message}", reason));
    }

    void IDrainable.Drain()
    {
        _isDraining = true;
        LoseIfDrained();
    }

    /// <summary>Writes a message.</summary>
    internal void Publish(string subject, string? replyTo, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        Gate!.Wrote(NatsWire.WritePublish(Transport, subject, replyTo, first, second));

    /// <summary>Writes a line that has been checked.</summary>
    internal void Line(string line) => SendLine(line);

    /// <summary>Fires when the server has all that was written in this turn and before.</summary>
    internal Deferred Confirm(string? subject)
    {
        Deferred confirmed = Barriers.Add(subject);
        if (!_isPinging)
        {
            _isPinging = true;
            client.Clock.CallLater(TimeSpan.Zero, static protocol => protocol.PingForTurn(), this);
        }
        return confirmed;
    }

    /// <summary>Closes when it was told to and nobody waits for anything.</summary>
    internal void LoseIfDrained()
    {
        if (!_isDraining || IsOpen && (!Barriers.IsEmpty || client.HasRequests))
            return;
        Gate?.End();
        Transport.LoseConnection();
    }

    private void Info(ReadOnlySpan<byte> json)
    {
        bool isFirst = Server is null;
        if (NatsServerInfo.Parse(json) is not { } server)
        {
            Fail("the server sent an INFO that is no JSON object");
            return;
        }
        Server = server;
        if (isFirst)
            Begin(server);
    }

    private void Begin(NatsServerInfo server)
    {
        bool isTls = Transport.Get<ITlsInfo>() is not null;
        if (isTls || client.Options.Tls is null && !server.RequiresTls)
            Login(isTls);
        else if (client.Options.Tls is not { } options)
            Fail("the server wants TLS: set NatsOptions.Tls, with the TargetHost of its certificate");
        else if (!server.OffersTls)
            Fail("the server offers no TLS: nothing is sent to it in the clear");
        else if (Transport.Get<IStartTls>() is not { } tls)
            Fail("the server wants TLS, and this transport has none");
        else
            WhileConnected(tls.StartTls(options).AddCallback(_ => Login(isTls: true)));
    }

    private void Login(bool isTls)
    {
        NatsWire.WriteConnect(Transport, client.Options, Server!, isTls);
        client.RestoreSubscriptions(this); // in place before anybody hears that there is a connection
        Ping();
    }

    private void Pong()
    {
        if (!Barriers.Answered())
            Fail("the server sent a PONG that nobody has asked for");
        else if (!IsOpen && _failure is null)
            Open();
        else
            _heartbeat?.Answered();
        LoseIfDrained();
    }

    private void Open()
    {
        _deadline?.Cancel();
        IsOpen = true;
        Gate = new WriteGate(Transport, client.Options.HighWaterMark);
        Gate.Begin();
        NatsOptions options = client.Options;
        _heartbeat = new Heartbeat(client.Clock, options.PingInterval, options.PingTimeout, Ping, Silent);
        _heartbeat.Start();
        client.Up(this); // user code: it may publish, and may end us
        LoggedIn.Callback();
    }

    private void Message(ReadOnlySpan<byte> line, bool hasHeaders)
    {
        if (!NatsWire.TryCutMessage(line, hasHeaders, out _head))
            Fail("the server sent a message whose line makes no sense: " + Shown(line));
        else if (_head.TotalLength > client.Options.MaxMessage)
            Fail($"the server sent a message of {_head.TotalLength} bytes, where {client.Options.MaxMessage} are the "
                + "limit: see NatsOptions.MaxMessage");
        else
        {
            line.CopyTo(_line);
            SetRawMode();
        }
    }

    private void Deliver(ReadOnlySpan<byte> all) => client.Deliver(_head.Number, new NatsMessage(
        _line.AsSpan(_head.Subject), _line.AsSpan(_head.ReplyTo),
        all[.._head.HeaderLength], all[_head.HeaderLength..]));

    /// <summary>After most errors the server ends the connection; what it only did not let through is told.</summary>
    private void Refused(string error)
    {
        const string OfPublish = "Permissions Violation for Publish to ";
        if (error.StartsWith(OfPublish, StringComparison.OrdinalIgnoreCase))
        {
            NatsLog.Refused(client.Log, error);
            Barriers.Refuse(
                error[OfPublish.Length..].Trim('"'), () => new NatsException($"The NATS server refuses: {error}."));
        }
        else if (error.StartsWith("Permissions Violation", StringComparison.OrdinalIgnoreCase)
            || error.StartsWith("Invalid Subject", StringComparison.OrdinalIgnoreCase))
            NatsLog.Refused(client.Log, error);
        else
            Fail($"the server refuses: {error}");
    }

    private void PingForTurn()
    {
        _isPinging = false;
        if (IsOpen && Barriers.IsOpen)
            Ping();
    }

    private void Ping()
    {
        Barriers.Asked();
        Transport.Write("PING\r\n"u8);
    }

    private void Silent() => Fail(string.Create(CultureInfo.InvariantCulture,
        $"the server has not answered within {client.Options.PingTimeout.TotalSeconds} s"));

    private void TooLate() => Fail(string.Create(CultureInfo.InvariantCulture,
        $"there was no login within {client.Options.HandshakeTimeout.TotalSeconds} s"));

    /// <summary>Nothing more is read or said.</summary>
    private void Fail(string reason)
    {
        if (_failure is not null)
            return;
        _failure = new NatsException($"The connection to the NATS server was given up: {reason}.");
        Transport.AbortConnection();
        client.Down(this, _failure);
    }

    private static string Shown(ReadOnlySpan<byte> line) => string.Concat(
        Encoding.ASCII.GetString(line[..Math.Min(line.Length, 60)]).Select(c => char.IsControl(c) ? '?' : c));
}
