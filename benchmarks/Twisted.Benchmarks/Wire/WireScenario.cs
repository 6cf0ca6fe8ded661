namespace Twisted.Benchmarks.Wire;

/// <summary>A load and what is counted of it.</summary>
/// <param name="Name">As it is called on the command line.</param>
/// <param name="Load">What the load generator does: ping, line, bulk, conn or idle.</param>
/// <param name="Connections">How many at a time.</param>
/// <param name="Size">Bytes a message.</param>
/// <param name="Depth">Messages on the way on each connection.</param>
/// <param name="Description">In words.</param>
internal sealed record WireScenario(
    string Name, string Load, int Connections, int Size, int Depth, string Description)
{
    internal static IReadOnlyList<WireScenario> All { get; } =
    [
        new("pp1", "ping", 1, 32, 1, "ping-pong of 32 bytes on 1 connection"),
        new("pp50", "ping", 50, 32, 1, "ping-pong of 32 bytes on 50 connections"),
        new("pp50k", "ping", 50, 1024, 1, "ping-pong of 1 KiB on 50 connections"),
        new("pp1000", "ping", 1000, 32, 1, "ping-pong of 32 bytes on 1,000 connections"),
        new("pp10000", "ping", 10_000, 32, 1, "ping-pong of 32 bytes on 10,000 connections"),
        new("pipe50", "ping", 50, 32, 16, "32 bytes, 16 on the way on each of 50 connections"),
        new("bulk", "bulk", 4, 65_536, 1, "as many bytes as go on 4 connections"),
        new("conn", "conn", 20, 32, 1, "connect, one echo, close; 20 at a time"),
        new("line", "line", 50, 64, 16, "LineReceiver: lines of 64 bytes, 16 on the way on each of 50 connections"),
        new("idle", "idle", 5000, 32, 1, "resident memory of an idle connection, of 5,000"),
    ];

    internal bool CountsBytes => Load == "bulk";

    internal bool IsIdle => Load == "idle";

    /// <summary>Answers line by line: only peers that can do it take part, and there is no reference in C.</summary>
    internal bool IsLine => Load == "line";
}
