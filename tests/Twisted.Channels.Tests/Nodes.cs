namespace Twisted.Channels.Tests;

/// <summary>Nodes in one memory reactor, with short names for what tests do with them.</summary>
internal sealed class Nodes
{
    internal const int FirstPort = 9100;

    internal static readonly byte[] Secret = "correct horse battery staple"u8.ToArray();

    internal MemoryReactor Memory { get; } = new(new VirtualClock());

    internal LogCapture Log { get; } = new();

    internal VirtualClock Clock => Memory.Clock;

    /// <summary>Text of the log messages of at least a level.</summary>
    internal string[] Logged(LogLevel level = LogLevel.Warning) =>
        [.. Log.Events.Where(one => one.Level >= level).Select(one => one.Message)];

    /// <summary>A node that listens on its port and knows those before it; it runs.</summary>
    internal Node Start(int id, Func<NodeOptions, NodeOptions>? change = null)
    {
        var options = new NodeOptions
        {
            Id = id,
            SharedSecret = Secret,
            Listen = $"tcp:{FirstPort + id}",
            Peers = Enumerable.Range(1, id - 1)
                .ToDictionary(peer => peer, peer => $"tcp:127.0.0.1:{FirstPort + peer}"),
            Random = new Random(id),
        };
        var node = new Node(Memory.Reactor, change?.Invoke(options) ?? options, Log.CreateLogger("node"));
        node.StartService().SuccessResult();
        Settle();
        return node;
    }

    /// <summary>Two nodes that know each other.</summary>
    internal (Node One, Node Two) StartTwo(Func<NodeOptions, NodeOptions>? change = null)
    {
        (Node, Node) two = (Start(1, change), Start(2, change));
        Assert.Equal([2], two.Item1.Nodes);
        Assert.Equal([1], two.Item2.Nodes);
        return two;
    }

    /// <summary>Lets happen what needs no time.</summary>
    internal void Settle() => Clock.Advance(TimeSpan.FromMilliseconds(1));

    internal void Advance(double seconds)
    {
        for (double gone = 0; gone < seconds; gone += 0.25)
            Clock.Advance(TimeSpan.FromSeconds(0.25));
    }

    internal static void Stop(params Node[] nodes)
    {
        foreach (Node node in nodes)
            node.StopService().Forget();
    }
}
