namespace Interop.Tests;

/// <summary>Nodes as processes: <c>twistd -n node</c>, four of them, which are killed, refused and cut off.</summary>
public sealed class NodeTests : IAsyncLifetime
{
    private const int Count = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("node-");
    private readonly Dictionary<int, RunningProgram> _nodes = [];
    private readonly List<NetworkNamespace> _networks = [];

    public NodeTests()
    {
        File.WriteAllText(PathTo("secret"), "one secret of the whole mesh\n");
        File.WriteAllText(PathTo("wrong"), "some other secret of no mesh\n");
        File.WriteAllText(PathTo("short"), "short\n");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>xunit 2 calls this one; it does not know IAsyncDisposable.</summary>
    public async Task DisposeAsync()
    {
        foreach (RunningProgram node in _nodes.Values)
            await node.DisposeAsync();
        foreach (NetworkNamespace network in _networks)
            await network.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Four_nodes_route_messages_and_one_that_was_killed_comes_back()
    {
        await StartAll();
        await _nodes[1].Send("send 3 chat good morning, three\n");
        await _nodes[3].Line("chat from 1: good morning, three");
        await _nodes[1].Line("sent to 3");
        await _nodes[4].Send("all chat good morning\n");
        await _nodes[4].Line("sent to 3 nodes");
        foreach (int other in (int[])[1, 2, 3])
            await _nodes[other].Line("chat from 4: good morning");

        await _nodes[2].Kill();
        foreach (int other in (int[])[1, 3, 4])
            await _nodes[other].Line(line => line.StartsWith("down 2", StringComparison.Ordinal));
        await _nodes[1].Send("send 2 chat are you there\n");
        await _nodes[1].Line("not sent to 2: Node 2 is down: nothing was sent.");
        await Start(2, PathTo("secret"));
        foreach (int other in (int[])[1, 3, 4])
            await _nodes[other].Line(line => line == "up 2");
        await _nodes[1].Send("send 2 chat welcome back\n");
        await _nodes[2].Line("chat from 1: welcome back");

        _nodes[3].Terminate();
        Assert.Contains("Server Shut Down.", await _nodes[3].Succeeds(), StringComparison.Ordinal);
        await _nodes[1].Line(line => line.StartsWith("down 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_with_a_wrong_secret_is_refused_in_one_line_and_disturbs_nobody()
    {
        await Start(1, PathTo("secret"));
        await Start(2, PathTo("secret"));
        await _nodes[1].Line(line => line == "up 2");
        await Start(3, PathTo("wrong"));
        string refused = await _nodes[1].Line("was refused");
        Assert.Contains("it says it is node 3, and its secret is wrong", refused, StringComparison.Ordinal);
        Assert.Contains("our secret is not its own", await _nodes[3].Line("cannot connect"), StringComparison.Ordinal);
        await _nodes[1].Send("nodes\n");
        await _nodes[1].Line(line => line == "nodes: 2");
        await _nodes[1].Send("send 2 chat still here\n");
        await _nodes[2].Line("chat from 1: still here");
    }

    [Theory]
    [InlineData("short", "1", "", "The secret has 5 bytes: it needs 16 at least")]
    [InlineData("missing", "1", "", "The secret cannot be read")]
    [InlineData("secret", "0", "", "The number of a node is 1 or more, not 0.")]
    [InlineData("secret", "2", "1", "A peer is written N=ENDPOINT")]
    [InlineData("secret", "2", "1=tcp:a:1,1=tcp:b:1", "Node 1 is given twice")]
    [InlineData("secret", "2", "1=nothing:7", "unknown prefix 'nothing'")]
    public async Task What_cannot_be_is_told_in_one_line(string secret, string id, string peers, string reason)
    {
        await using RunningProgram node = await Tool.Start(
            "-n", "node", "--id", id, "--secret-file", PathTo(secret), "--peers", peers);
        await node.Succeeds(exitCode: 1);
        Assert.StartsWith("twistd: ", node.Errors, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Single(node.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [PeerFact(Peers.Root, Peers.Ip)]
    public async Task A_cut_between_two_of_four_nodes_is_noticed_and_its_end_too()
    {
        await Tool.Built;
        for (int id = 1; id <= Count; id++)
            _networks.Add(await NetworkNamespace.Create());
        for (int one = 1; one <= Count; one++)
        {
            for (int two = one + 1; two <= Count; two++)
                await _networks[one - 1].Connect(_networks[two - 1], Cable(one, two),
                    $"{Address(one, two)}/30", $"{Address(two, one)}/30");
        }
        for (int id = 1; id <= Count; id++)
        {
            string peers = string.Join(',', Enumerable.Range(1, id - 1).Select(
                peer => $"{peer}=tcp:{Address(peer, id)}:9100"));
            _nodes[id] = RunningProgram.Start(_networks[id - 1].Command(Twistd("-n", "node", "--id", $"{id}",
                "--listen", "tcp:9100", "--peers", peers, "--secret-file", PathTo("secret"), "--console",
                "--ping-interval", "1")));
        }
        foreach (RunningProgram node in _nodes.Values)
            await SeesAll(node);

        await _networks[0].Inside("ip", "link", "set", Cable(1, 2), "down");
        await _nodes[1].Line(line => line.StartsWith("down 2", StringComparison.Ordinal));
        await _nodes[2].Line(line => line.StartsWith("down 1", StringComparison.Ordinal));
        await _nodes[1].Send("send 2 chat through the cut\nsend 3 chat beside the cut\n");
        await _nodes[1].Line("not sent to 2");
        await _nodes[3].Line("chat from 1: beside the cut");
        await _nodes[3].Send("nodes\n");
        await _nodes[3].Line(line => line == "nodes: 1 2 4");

        await _networks[0].Inside("ip", "link", "set", Cable(1, 2), "up");
        await _nodes[1].Line(line => line == "up 2");
        await _nodes[1].Send("send 2 chat whole again\n");
        await _nodes[2].Line("chat from 1: whole again");
    }

    private static string Cable(int one, int two) => $"cable{one}{two}";

    /// <summary>Of the first one, at the cable to the other.</summary>
    private static string Address(int of, int to) => of < to ? $"10.77.{of}{to}.1" : $"10.77.{to}{of}.2";

    private static async Task SeesAll(RunningProgram node)
    {
        for (int seen = 1; seen < Count; seen++)
            await node.Line(line => line.StartsWith("up ", StringComparison.Ordinal));
    }

    private string PathTo(string file) => Path.Combine(_folder.FullName, file);

    private async Task StartAll()
    {
        for (int id = 1; id <= Count; id++)
            await Start(id, PathTo("secret"));
        foreach (RunningProgram node in _nodes.Values)
            await SeesAll(node);
    }

    private async Task Start(int id, string secret)
    {
        if (_nodes.Remove(id, out RunningProgram? before))
            await before.DisposeAsync();
        string peers = string.Join(',', Enumerable.Range(1, Count).Select(peer => $"{peer}=unix:{PathTo($"n{peer}")}"));
        _nodes[id] = await Tool.Start("-n", "node", "--id", $"{id}", "--listen", $"unix:{PathTo($"n{id}")}",
            "--peers", peers, "--secret-file", secret, "--console");
        await _nodes[id].Line("twistd serves on");
    }
}
