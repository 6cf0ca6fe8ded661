namespace Twisted.Channels.Tests;

/// <summary>Many nodes at a time, over the simulated network.</summary>
public class MeshTests
{
    private const int Count = 100;

    [Fact]
    public void A_hundred_nodes_are_meshed_in_virtual_time() => Simulation.Explore(seeds: 1, sim =>
    {
        var peers = Enumerable.Range(1, Count).ToDictionary(id => id, id => $"tcp:n{id}:9100");
        int heard = 0;
        Node[] nodes = [.. peers.Keys.Select(id => new Node(sim.Host($"n{id}").Reactor, new NodeOptions
        {
            Id = id,
            SharedSecret = Nodes.Secret,
            Listen = "tcp:9100",
            Peers = peers,
            Random = new Random(id),
        }))];
        foreach (Node node in nodes)
        {
            node.Subscribe("chat", (int _, ReadOnlySpan<byte> _) => heard++);
            node.StartService().Forget();
        }
        sim.RunFor(TimeSpan.FromSeconds(15));
        Assert.All(nodes, node => Assert.Equal(Count - 1, node.Nodes.Count));
        foreach (Node node in nodes)
            Assert.Equal(Count - 1, node.PostToAll("chat", "hello"u8));
        sim.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(Count * (Count - 1), heard);

        nodes[49].StopService().Forget();
        sim.RunFor(TimeSpan.FromSeconds(10));
        Assert.Equal(Count - 1, nodes.Count(node => node.Nodes.Count == Count - 2));
        nodes[49].StartService().Forget();
        sim.RunFor(TimeSpan.FromSeconds(15));
        Assert.All(nodes, node => Assert.Equal(Count - 1, node.Nodes.Count));
        foreach (Node node in nodes)
            node.StopService().Forget();
        sim.RunUntilQuiet(TimeSpan.FromMinutes(1));
        sim.Check.NoLeaks();
        sim.Check.BytesConserved();
    });
}
