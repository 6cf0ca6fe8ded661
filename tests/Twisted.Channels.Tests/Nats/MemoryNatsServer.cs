using System.Globalization;
using System.Net;

namespace Twisted.Channels.Tests.Nats;

/// <summary>A NATS server in memory: as much of one as the tests ask for, and a script where they want more.</summary>
internal sealed class MemoryNatsServer(IReactor reactor, int port = 4222) : ServerFactory
{
    private readonly List<Connection> _connections = [];
    private IListeningPort? _listening;

    /// <summary>What it says first.</summary>
    internal string Info { get; set; } =
        """{"server_id":"MEMORY","version":"2.9.10","max_payload":65536,"headers":true,"proto":1}""";

    /// <summary>When it is set, a login without it is refused.</summary>
    internal string? MustContain { get; set; }

    /// <summary>Whether it acts on what it gets, or only writes it down.</summary>
    internal bool Acts { get; set; } = true;

    /// <summary>A subject that nobody may publish to.</summary>
    internal string Forbidden { get; set; } = "forbidden";

    /// <summary>All lines that have come, of all connections, but for the bytes of messages.</summary>
    internal List<string> Lines { get; } = [];

    internal int Connections => _connections.Count;

    internal int Logins { get; private set; }

    internal void Start()
    {
        Deferred<IListeningPort> listening = Endpoints.Server(reactor, $"tcp:{port}").Listen(this);
        _listening = listening.SuccessResult();
    }

    /// <summary>Goes away at once.</summary>
    internal void Kill()
    {
        _listening?.StopListening().Forget();
        _listening = null;
        Cut();
    }

    /// <summary>Ends all connections at once.</summary>
    internal void Cut()
    {
        foreach (Connection connection in _connections.ToArray())
            connection.Transport.AbortConnection();
    }

    /// <summary>Says something to everybody.</summary>
    internal void Say(ReadOnlySpan<byte> bytes)
    {
        foreach (Connection connection in _connections.ToArray())
            connection.Transport.Write(bytes);
    }

    /// <summary>Stops or goes on to read of everybody.</summary>
    internal void Read(bool isReading)
    {
        foreach (Connection connection in _connections)
        {
            if (isReading)
                connection.ResumeProducing();
            else
                connection.PauseProducing();
        }
    }

    public override IProtocol BuildProtocol(EndPoint peer) => new Connection(this);

    private void Route(Connection from, string subject, string? replyTo, byte[] payload)
    {
        Wanted[] all = [.. _connections.Where(one => one.Echoes || one != from)
            .SelectMany(one => one.Wants).Where(one => Matches(one.Subject, subject))];
        foreach (Wanted one in all.Where(one => one.Group is null))
            one.To.Deliver(one, subject, replyTo, payload);
        foreach (Wanted one in all.Where(one => one.Group is not null).DistinctBy(one => one.Group))
            one.To.Deliver(one, subject, replyTo, payload);
        if (all.Length == 0 && replyTo is not null)
            from.NoResponders(replyTo);
    }

    private static bool Matches(string pattern, string subject)
    {
        string[] wanted = pattern.Split('.');
        string[] words = subject.Split('.');
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == ">")
                return words.Length > i;
            if (i >= words.Length || wanted[i] != "*" && wanted[i] != words[i])
                return false;
        }
        return wanted.Length == words.Length;
    }

    private sealed record Wanted(Connection To, string Subject, string? Group, string Number)
    {
        internal int Left { get; set; } = int.MaxValue;
    }

    private sealed class Connection(MemoryNatsServer server) : LineReceiver
    {
        private readonly List<byte> _payload = [];
        private string[] _publish = [];

        internal List<Wanted> Wants { get; } = [];

        internal bool Echoes { get; private set; } = true;

        protected override void ConnectionMade()
        {
            server._connections.Add(this);
            SendLine("INFO " + server.Info);
        }

        protected override void ConnectionLost(Exception reason)
        {
            server._connections.Remove(this);
            base.ConnectionLost(reason);
        }

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            string text = Encoding.ASCII.GetString(line);
            string[] words = text.Split(' ');
            server.Lines.Add(text);
            if (words[0] == "PUB")
            {
                _publish = words;
                _payload.Clear();
                SetRawMode();
            }
            else if (server.Acts)
                Act(words, text);
        }

        protected override void RawDataReceived(ReadOnlySpan<byte> data)
        {
            int wanted = int.Parse(_publish[^1], CultureInfo.InvariantCulture) + 2 - _payload.Count;
            _payload.AddRange(data[..Math.Min(wanted, data.Length)]);
            if (data.Length < wanted)
                return;
            SetLineMode(data[wanted..]);
            if (!server.Acts)
                return;
            if (_publish[1] == server.Forbidden)
                SendLine($"-ERR 'Permissions Violation for Publish to \"{_publish[1]}\"'");
            else
                server.Route(this, _publish[1], _publish.Length == 4 ? _publish[2] : null, [.. _payload[..^2]]);
        }

        internal void Deliver(Wanted one, string subject, string? replyTo, byte[] payload)
        {
            if (--one.Left == 0)
                Wants.Remove(one);
            string reply = replyTo is null ? "" : replyTo + " ";
            Transport.Write(Encoding.ASCII.GetBytes($"MSG {subject} {one.Number} {reply}{payload.Length}\r\n"));
            Transport.Write(payload);
            Transport.Write("\r\n"u8);
        }

        internal void NoResponders(string replyTo)
        {
            if (Wants.Find(one => Matches(one.Subject, replyTo)) is { } one)
                Transport.Write(Encoding.ASCII.GetBytes(
                    $"HMSG {replyTo} {one.Number} 16 16\r\nNATS/1.0 503\r\n\r\n\r\n"));
        }

        private void Act(string[] words, string text)
        {
            switch (words[0])
            {
                case "CONNECT" when server.MustContain is { } part && !text.Contains(part, StringComparison.Ordinal):
                    SendLine("-ERR 'Authorization Violation'");
                    Transport.LoseConnection();
                    break;
                case "CONNECT":
                    server.Logins++;
                    Echoes = !text.Contains("\"echo\":false", StringComparison.Ordinal);
                    break;
                case "PING":
                    SendLine("PONG");
                    break;
                case "SUB":
                    Wants.Add(new Wanted(this, words[1], words.Length == 4 ? words[2] : null, words[^1]));
                    break;
                case "UNSUB" when words.Length == 3:
                    Wants.Single(one => one.Number == words[1]).Left =
                        int.Parse(words[2], CultureInfo.InvariantCulture);
                    break;
                case "UNSUB":
                    Wants.RemoveAll(one => one.Number == words[1]);
                    break;
                case "PONG":
                    break;
                default:
                    throw new InvalidDataException($"What is '{text}'?");
            }
        }
    }
}
