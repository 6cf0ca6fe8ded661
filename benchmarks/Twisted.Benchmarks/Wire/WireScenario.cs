namespace Twisted.Benchmarks.Wire;

/// <summary>A load, what is counted of it, and what we promise in it.</summary>
/// <param name="Name">As it is called on the command line.</param>
/// <param name="Load">What the load generator does: ping, line, bulk, conn, udp, fanout or idle.</param>
/// <param name="Connections">How many at a time.</param>
/// <param name="Size">Bytes a message.</param>
/// <param name="Depth">Messages on the way on each connection.</param>
/// <param name="Description">In words.</param>
internal sealed record WireScenario(
    string Name, string Load, int Connections, int Size, int Depth, string Description)
{
    private static readonly WireTarget[] Busy =
    [
        new("c-epoll", 0.95), new("kestrel", 1.9), new("kestrel-inline", 1.3), new("twisted-py", 2.4),
        new("uvloop", 1.1), new("go", 1.1),
    ];

    private static readonly WireTarget[] Single = [new("c-epoll", 0.95), new("kestrel", 1.5), new("twisted-py", 1.3)];

    private static readonly WireTarget[] Many = [new("c-epoll", 0.9), new("kestrel", 1.8), new("twisted-py", 2.0)];

    private static readonly WireTarget[] Near = [new("c-epoll", 0.9)];

    internal static IReadOnlyList<WireScenario> All { get; } =
    [
        new("pp1", "ping", 1, 32, 1, "ping-pong of 32 bytes on 1 connection") { Targets = Single },
        new("pp50", "ping", 50, 32, 1, "ping-pong of 32 bytes on 50 connections") { Targets = Busy },
        new("pp50k", "ping", 50, 1024, 1, "ping-pong of 1 KiB on 50 connections") { Targets = Busy },
        new("pp1000", "ping", 1000, 32, 1, "ping-pong of 32 bytes on 1,000 connections") { Targets = Busy },
        new("pp10000", "ping", 10_000, 32, 1, "ping-pong of 32 bytes on 10,000 connections") { Targets = Many },
        new("few", "ping", 10_000, 32, 1, "ping-pong of 32 bytes on 50 connections, beside 9,950 that are idle")
        {
            Active = 50,
            Targets = Busy,
        },
        new("pipe50", "ping", 50, 32, 16, "32 bytes, 16 on the way on each of 50 connections") { Targets = Busy },
        new("bulk", "bulk", 4, 65_536, 1, "as many bytes as go on 4 connections") { Targets = Near },
        new("conn", "conn", 20, 32, 1, "connect, one echo, close; 20 at a time") { Targets = Near },
        new("line", "line", 50, 64, 16, "LineReceiver: lines of 64 bytes, 16 on the way on each of 50 connections")
        {
            Targets = [new("twisted-py", 4)],
        },
        new("udp", "udp", 50, 32, 4, "datagrams of 32 bytes, 4 on the way from each of 50 sockets")
        {
            Targets = [new("c-epoll", 0.95)],
        },
        new("idle", "idle", 5000, 32, 1, "resident memory of an idle connection, of 5,000") { MostIdleBytes = 1024 },
        new("tls-conn", "conn", 1, 0, 1, "full TLS 1.3 handshakes, one after the other")
        {
            Kind = WireKind.Tls,
            Targets = [new("nginx", 0.65), new("openssl", 0.65), new("kestrel", 1), new("twisted-py", 2)],
        },
        new("tls-bulk", "bulk", 1, 16_384, 1, "a page of 64 MiB over TLS 1.3, again and again")
        {
            Kind = WireKind.Tls,
            Targets = [new("nginx", 0.75), new("openssl", 0.75), new("kestrel", 1), new("twisted-py", 2)],
        },
        new("tls-idle", "idle", 500, 0, 1, "resident memory of an idle TLS connection, of 500")
        {
            Kind = WireKind.Tls,
            MostIdleBytes = 48 * 1024,
        },
        new("irc-fanout", "fanout", 1000, 64, 1, "IRC: one speaker, a line of 64 bytes to 1,000 members of a channel")
        {
            Kind = WireKind.Irc,
            Targets = [new("ngircd", 3)],
        },
        new("irc-burst", "fanout", 1000, 64, 16, "IRC: 16 lines at a time to 1,000 members of a channel")
        {
            Kind = WireKind.Irc,
            Targets = [new("ngircd", 3)],
        },
        new("irc-idle", "idle", 1000, 64, 1, "IRC: resident memory of an idle client, of 1,000")
        {
            Kind = WireKind.Irc,
            MostIdleBytes = 8 * 1024,
        },
    ];

    /// <summary>Of an idle connection, in bytes; the target of an idle scenario.</summary>
    internal double MostIdleBytes { get; init; }

    /// <summary>What the peers serve: those that can take part.</summary>
    internal WireKind Kind { get; init; }

    /// <summary>What all others are compared with.</summary>
    internal string Reference => Kind switch
    {
        WireKind.Tls => "nginx",
        WireKind.Irc => "ngircd",
        _ => "c-epoll",
    };

    /// <summary>The load generator and what it is told behind the server's port and process.</summary>
    internal string[] LoadCommand => Kind switch
    {
        WireKind.Tls => ["load_tls", Load, $"{Connections}"],
        WireKind.Irc => ["load_irc", Load, $"{Connections}", $"{Size}", $"{Depth}"],
        _ => ["load", Load, $"{Connections}", $"{Active}", $"{Size}", $"{Depth}"],
    };

    /// <summary>How many of the connections carry messages.</summary>
    internal int Active { get; init; } = Connections;

    /// <summary>By how much our server is to exceed its peers.</summary>
    internal IReadOnlyList<WireTarget> Targets { get; init; } = [];

    /// <summary>A sample must see each connection several times.</summary>
    internal TimeSpan ShortestSample => TimeSpan.FromMicroseconds(50 * Active);

    internal bool CountsBytes => Load == "bulk";

    internal bool IsIdle => Load == "idle";
}

/// <summary>What a scenario is about.</summary>
internal enum WireKind
{
    /// <summary>Bytes that come back.</summary>
    Echo,

    /// <summary>The same, or a page, over TLS.</summary>
    Tls,

    /// <summary>A server of IRC.</summary>
    Irc,
}

/// <summary>A promise: our server's capacity is at least this many times the peer's.</summary>
internal sealed record WireTarget(string Peer, double AtLeast);
