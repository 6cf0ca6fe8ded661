namespace Twisted.Channels.Tests;

/// <summary>Nodes in one memory reactor, with short names for what tests do with them.</summary>
internal sealed class Nodes : BusMesh
{
    internal const int FirstPort = 9100;

    internal static readonly byte[] Secret = "correct horse battery staple"u8.ToArray();

    /// <summary>A node that listens on its port and knows those before it; it runs.</summary>
    internal Node Start(int id, Func<NodeOptions, NodeOptions>? change)
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

    internal override IChannelBus Start(int id, BusLimits? limits) => Start(id, limits is null
        ? null
        : options => options with
        {
            HighWaterMark = limits.HighWaterMark,
            MaxUnacknowledged = limits.MaxUnacknowledged,
        });

    internal new Node Start(int id) => Start(id, change: null);

    internal override long DroppedPostsOf(IChannelBus bus) => ((Node)bus).DroppedPosts;

    internal static void Stop(params Node[] nodes)
    {
        foreach (Node node in nodes)
            node.StopService().Forget();
    }
}
