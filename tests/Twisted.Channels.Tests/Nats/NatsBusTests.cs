using System.Buffers.Binary;
using Twisted.Channels.Nats;

namespace Twisted.Channels.Tests.Nats;

/// <summary>What a NATS bus has besides what every bus has: a server that goes and comes, and strangers.</summary>
public class NatsBusTests
{
    private const ulong Session = 77;

    private readonly NatsNodes _nodes = new();
    private readonly List<string> _events = [];

    [Fact]
    public void What_was_not_acknowledged_when_the_server_went_away_is_reported_and_all_are_back_with_it()
    {
        (NatsBus one, NatsBus two) = _nodes.StartTwo();
        int taken = 0;
        var work = new Deferred();
        one.Subscribe("quick", (int _, ReadOnlySpan<byte> _) => taken++);
        one.Subscribe("slow", (_, _) => work);
        two.NodeDown += (id, _) => _events.Add($"down {id}");
        two.NodeUp += id => _events.Add($"up {id}");
        Deferred acknowledged = two.Send(1, "quick", []);
        Deferred slow = two.Send(1, "slow", []);
        _nodes.Settle();
        Deferred unknown = two.Send(1, "quick", []);
        _nodes.Server.Kill();
        _nodes.Settle();
        acknowledged.SuccessResult();
        Assert.True(slow.FailureResult<NodeDownException>().MayHaveArrived);
        Assert.True(unknown.FailureResult<NodeDownException>().MayHaveArrived);
        Assert.False(two.Send(1, "quick", []).FailureResult<NodeDownException>().MayHaveArrived);
        Assert.Equal(0, two.PostToAll("quick", []));
        work.Callback(); // its answer has no connection to go by
        _nodes.Advance(30);
        _nodes.Server.Start();
        _nodes.Advance(2.5);
        Assert.Equal(["down 1", "up 1"], _events);
        two.Send(1, "quick", []).AddCallback(() => _events.Add("sent")).Forget();
        _nodes.Settle();
        Assert.Equal("sent", _events[^1]);
        Assert.InRange(taken, 2, 3);
    }

    [Fact]
    public void A_second_node_with_our_number_does_not_come_up_until_we_are_gone()
    {
        (NatsBus one, NatsBus two) = _nodes.StartTwo();
        NatsBus other = _nodes.Start(1);
        two.NodeDown += (id, _) => _events.Add($"down {id}");
        _nodes.Advance(30);
        Assert.False(other.IsUp);
        Assert.True(one.IsUp);
        Assert.Equal([1], two.Nodes);
        Assert.Empty(_events);
        Assert.Contains("give each node a number of its own", _nodes.Logged()[0], StringComparison.Ordinal);
        one.StopService().Forget();
        _nodes.Advance(2.25);
        Assert.True(other.IsUp);
        Assert.Equal(["down 1"], _events);
        Assert.Equal([1], two.Nodes);
    }

    [Fact]
    public void Of_two_that_take_one_number_at_the_same_moment_one_keeps_it()
    {
        NatsBus[] same = [Make(1), Make(1)];
        foreach (NatsBus bus in same)
            bus.StartService().Forget();
        _nodes.Advance(10);
        Assert.Single(same, bus => bus.IsUp);
    }

    [Fact]
    public void A_node_that_was_cut_off_and_is_back_was_down()
    {
        (NatsBus one, NatsBus two) = _nodes.StartTwo();
        NatsClient ghost = Ghost();
        Beat(ghost, 3, Session);
        Assert.Equal([1, 3], two.Nodes);
        two.NodeDown += (id, reason) => _events.Add($"down {id}: {reason.Message}");
        two.NodeUp += id => _events.Add($"up {id}");
        Deferred sent = two.Send(3, "chat", []);
        Beat(ghost, 3, Session + 1);
        Assert.True(sent.FailureResult<NodeDownException>().MayHaveArrived);
        Beat(ghost, 3, Session); // comes late, by another way
        Assert.Equal(["down 3: it has a new connection to the NATS server", "up 3"], _events);
        Assert.Equal([2, 3], one.Nodes);
    }

    [Fact]
    public void Late_words_of_our_own_last_connection_are_not_another_node()
    {
        NatsBus one = _nodes.Start(1);
        NatsClient ghost = Ghost();
        var sessions = new List<ulong>();
        ghost.Subscribe("channels.nodes", message =>
        {
            Assert.True(NatsFrame.TryRead(message.Payload, out NatsFrame frame, out _));
            sessions.Add(frame.Session);
        });
        _nodes.Advance(2.25);
        ulong before = sessions[^1];
        _nodes.Server.Cut();
        _nodes.Advance(5);
        int beats = sessions.Count;
        Assert.NotEqual(before, sessions[^1]);
        ghost.TryPublish("channels.nodes", Frame(NatsFrameKind.Beat, 1, before, 0));
        _nodes.Settle();
        Assert.True(one.IsUp);
        Assert.Equal(beats + 1, sessions.Count); // the ghost's own, and no answer
    }

    [Fact]
    public void A_node_that_is_silent_is_down_after_the_timeout()
    {
        NatsBus one = _nodes.Start(1);
        Beat(Ghost(), 3, Session);
        _nodes.Advance(6.5);
        Assert.Equal([3], one.Nodes);
        _nodes.Advance(3);
        Assert.Empty(one.Nodes);
    }

    [Fact]
    public void A_late_answer_to_what_was_given_up_acknowledges_nothing_else()
    {
        NatsBus one = _nodes.Start(1);
        NatsClient ghost = Ghost();
        ulong ours = 0;
        uint number = 0;
        ghost.Subscribe("channels.node.3", message =>
        {
            NatsFrame.TryRead(message.Payload, out NatsFrame frame, out ReadOnlySpan<byte> rest);
            ours = frame.Session;
            if (frame.Kind == NatsFrameKind.Send)
                number = BinaryPrimitives.ReadUInt32BigEndian(rest);
        });
        Beat(ghost, 3, Session);
        Deferred first = one.Send(3, "chat", []);
        _nodes.Settle();
        byte[] answer = Frame(NatsFrameKind.Answer, 3, Session, ours,
            [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number, 0]);
        _nodes.Advance(9.5);
        first.FailureResult<NodeDownException>();
        Beat(ghost, 3, Session); // it was only slow
        Deferred second = one.Send(3, "chat", []);
        ghost.TryPublish("channels.node.1", answer);
        _nodes.Settle();
        second.AssertNoResult();
    }

    [Fact]
    public void What_strangers_publish_on_our_subjects_harms_nobody()
    {
        (NatsBus one, NatsBus two) = _nodes.StartTwo();
        NatsClient stranger = Ghost();
        byte[][] frames =
        [
            [], [1], new byte[NatsFrame.Length], "hello, this is somebody else's subject"u8.ToArray(),
            Frame(NatsFrameKind.Beat, 0, Session, 0), Frame(NatsFrameKind.Beat, -1, Session, 0),
            Frame(NatsFrameKind.Beat, 5, 0, 0), Frame(NatsFrameKind.Bye, 5, Session, 0),
            Frame(NatsFrameKind.Post, 3, Session, 0), Frame(NatsFrameKind.Post, 3, Session, 0, [9, 1]),
            Frame(NatsFrameKind.Send, 3, Session, 0, [0, 0, 0, 1]), Frame(NatsFrameKind.Answer, 3, Session, 0, [0]),
            Frame(NatsFrameKind.Answer, 3, Session, 0, [0, 0, 0, 1, 0]), Frame((NatsFrameKind)99, 3, Session, 0),
            Frame(NatsFrameKind.Post, 2, Session, Session + 9, [1, (byte)'x']),
        ];
        foreach (byte[] frame in frames)
        {
            stranger.TryPublish("channels.node.1", frame);
            stranger.TryPublish("channels.nodes", frame);
            stranger.TryPublish("channels.claim.1", frame);
        }
        _nodes.Settle();
        Assert.Equal([2, 3], one.Nodes); // 3 has told a number and a session: that is a node
        Deferred sent = two.Send(1, "nobody", []);
        _nodes.Settle();
        sent.FailureResult<MessageRefusedException>();
        Assert.Empty(_nodes.Logged());
    }

    [Fact]
    public void No_more_nodes_are_known_than_the_limit()
    {
        NatsBus one = _nodes.Start(1, options => options with { MaxNodes = 3 });
        NatsClient ghost = Ghost();
        for (int id = 2; id < 10; id++)
            Beat(ghost, id, Session);
        Assert.Equal([2, 3, 4], one.Nodes);
    }

    [Fact]
    public void Nodes_of_another_prefix_are_another_mesh()
    {
        NatsBus one = _nodes.Start(1);
        NatsBus two = _nodes.Start(2, options => options with { Prefix = "other.mesh" });
        _nodes.Advance(5);
        Assert.Empty(one.Nodes);
        Assert.Empty(two.Nodes);
        Assert.True(one.IsUp && two.IsUp);
    }

    [Fact]
    public void A_message_longer_than_the_server_takes_is_refused_here()
    {
        (NatsBus one, NatsBus two) = _nodes.StartTwo();
        one.Subscribe("chat", (int _, ReadOnlySpan<byte> _) => { });
        int fits = 65_536 - NatsFrame.Length - 4 - 1 - "chat".Length;
        Deferred sent = two.Send(1, "chat", new byte[fits]);
        Assert.Throws<ArgumentException>(() => two.Send(1, "chat", new byte[fits + 1]).Forget());
        Assert.Throws<ArgumentException>(() => two.PostToAll("chat", new byte[fits + 1]));
        _nodes.Settle();
        sent.SuccessResult();
    }

    [Fact]
    public void Many_nodes_are_up_soon_and_a_post_to_all_is_one_message_to_the_server()
    {
        const int Count = 20;
        NatsBus[] all = [.. Enumerable.Range(1, Count).Select(_nodes.Start)];
        _nodes.Settle();
        int heard = 0;
        foreach (NatsBus bus in all)
        {
            Assert.Equal(Count - 1, bus.Nodes.Count);
            bus.Subscribe("chat", (int _, ReadOnlySpan<byte> _) => heard++);
        }
        _nodes.Server.Lines.Clear();
        Assert.Equal(Count - 1, all[5].PostToAll("chat", []));
        _nodes.Settle();
        Assert.Equal(Count - 1, heard);
        Assert.Single(_nodes.Server.Lines, line => line.StartsWith("PUB", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Make(0));
        Assert.Throws<ArgumentException>(() => Make(1, options => options with { Prefix = "a b" }));
        Assert.Throws<ArgumentException>(() => Make(1, options => options with { Prefix = "a.>" }));
        Assert.Throws<ArgumentException>(
            () => Make(1, options => options with { NodeTimeout = TimeSpan.FromSeconds(4) }));
        Assert.Throws<FormatException>(() => Make(1, options => options with { Server = "nothing:1" }));
    }

    private NatsBus Make(int id, Func<NatsBusOptions, NatsBusOptions>? change = null)
    {
        var options = new NatsBusOptions { Id = id, Server = "tcp:127.0.0.1:4222" };
        return new NatsBus(_nodes.Memory.Reactor, change?.Invoke(options) ?? options, _nodes.Log.CreateLogger("node"));
    }

    /// <summary>A client that says what it likes on the subjects of the mesh.</summary>
    private NatsClient Ghost()
    {
        var ghost = new NatsClient(
            _nodes.Memory.Reactor, Endpoints.Client(_nodes.Memory.Reactor, "tcp:127.0.0.1:4222"));
        ghost.StartService().SuccessResult();
        _nodes.Settle();
        return ghost;
    }

    private void Beat(NatsClient ghost, int id, ulong session)
    {
        Assert.True(ghost.TryPublish("channels.nodes", Frame(NatsFrameKind.Beat, id, session, 0)));
        _nodes.Settle();
    }

    private static byte[] Frame(NatsFrameKind kind, int from, ulong session, ulong to, params byte[] rest)
    {
        byte[] head = new byte[NatsFrame.Length];
        new NatsFrame(kind, from, session, to).Write(head);
        return [.. head, .. rest];
    }
}
