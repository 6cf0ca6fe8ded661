namespace Twisted.Channels.Tests;

/// <summary>What becomes of messages.</summary>
public class ChannelTests
{
    private readonly Nodes _nodes = new();
    private readonly List<string> _heard = [];

    [Fact]
    public void A_message_is_acknowledged_when_its_receiver_has_it()
    {
        (Node one, Node two) = _nodes.StartTwo();
        Listen(one);
        Deferred sent = two.Send(1, "chat", "hello"u8);
        Assert.False(sent.IsFired);
        _nodes.Settle();
        sent.SuccessResult();
        Assert.Equal(["2: hello"], _heard);
    }

    [Fact]
    public void Posts_and_sends_of_one_node_arrive_in_order_in_both_directions()
    {
        (Node one, Node two) = _nodes.StartTwo();
        Listen(one);
        Listen(two);
        for (int i = 0; i < 100; i++)
        {
            byte[] text = Encoding.ASCII.GetBytes($"{i}");
            if (i % 3 == 0)
                two.Send(1, "chat", text).Forget();
            else
                Assert.True(two.TryPost(1, "chat", text));
            Assert.True(one.TryPost(2, "chat", text));
        }
        _nodes.Settle();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"2: {i}"), _heard.Where(line => line[0] == '2'));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"1: {i}"), _heard.Where(line => line[0] == '1'));
    }

    [Fact]
    public void A_message_for_a_node_that_is_down_is_told_at_once()
    {
        Node one = _nodes.Start(1);
        NodeDownException down = one.Send(2, "chat", "hello"u8).FailureResult<NodeDownException>();
        Assert.False(down.MayHaveArrived);
        Assert.False(one.TryPost(2, "chat", "hello"u8));
        one.WhenReady(2).FailureResult<NodeDownException>();
    }

    [Fact]
    public void What_was_not_answered_when_a_node_went_down_may_have_arrived()
    {
        Node one = _nodes.Start(1);
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        var order = new List<string>();
        one.NodeDown += (_, _) => order.Add("down");
        Deferred sent = one.Send(2, "chat", "hello"u8).AddErrback<NodeDownException>(failure =>
        {
            order.Add($"failed {failure.MayHaveArrived}");
            throw failure;
        });
        two.Peer.Reset();
        Assert.True(sent.FailureResult<NodeDownException>().MayHaveArrived);
        Assert.Equal(["failed True", "down"], order);
        Assert.Empty(one.Nodes);
    }

    [Fact]
    public void A_service_that_nobody_has_is_told_to_the_sender()
    {
        (Node one, Node two) = _nodes.StartTwo();
        Deferred sent = two.Send(1, "chat", "hello"u8);
        two.TryPost(1, "chat", "hello"u8);
        _nodes.Settle();
        Assert.Equal(RefusalReason.NoSubscriber, sent.FailureResult<MessageRefusedException>().Reason);
        Assert.Equal(1, one.DroppedPosts);
    }

    [Fact]
    public void A_receiver_that_fails_is_logged_here_and_told_there_without_its_text()
    {
        (Node one, Node two) = _nodes.StartTwo();
        one.Subscribe("chat", (int _, ReadOnlySpan<byte> _) => throw new InvalidDataException("the secret cause"));
        Deferred sent = two.Send(1, "chat", "hello"u8);
        _nodes.Settle();
        MessageRefusedException refused = sent.FailureResult<MessageRefusedException>();
        Assert.Equal(RefusalReason.Failed, refused.Reason);
        Assert.DoesNotContain("secret cause", refused.Message, StringComparison.Ordinal);
        Assert.Single(_nodes.Log.FlushErrors<InvalidDataException>());
        Assert.Equal([2], one.Nodes);
    }

    [Fact]
    public void A_receiver_that_takes_its_time_acknowledges_at_its_end()
    {
        (Node one, Node two) = _nodes.StartTwo();
        var work = new Dictionary<string, Deferred>();
        one.Subscribe("chat", (_, text) => work[Encoding.ASCII.GetString(text.Span)] = new Deferred());
        Deferred first = two.Send(1, "chat", "first"u8);
        Deferred second = two.Send(1, "chat", "second"u8);
        Deferred third = two.Send(1, "chat", "third"u8);
        _nodes.Settle();
        work["second"].Callback();
        work["third"].Errback(new InvalidDataException());
        _nodes.Settle();
        second.SuccessResult();
        Assert.Equal(RefusalReason.Failed, third.FailureResult<MessageRefusedException>().Reason);
        first.AssertNoResult();
        work["first"].Callback();
        _nodes.Settle();
        first.SuccessResult();
    }

    [Fact]
    public void A_receiver_that_does_not_finish_gets_no_more_than_the_high_water_mark()
    {
        (Node one, Node two) = _nodes.StartTwo(options => options with { HighWaterMark = 2000 });
        var work = new List<Deferred>();
        one.Subscribe("chat", (_, _) =>
        {
            work.Add(new Deferred());
            return work[^1];
        });
        Deferred[] sent = [.. Enumerable.Range(0, 10).Select(_ => two.Send(1, "chat", new byte[300]))];
        _nodes.Settle();
        Assert.Equal(3, work.Count); // of 556 bytes each
        Assert.Equal(7, sent.Count(one => one.IsSettled));
        Assert.All(sent[3..],
            one => Assert.Equal(RefusalReason.Busy, one.FailureResult<MessageRefusedException>().Reason));
        work[0].Callback();
        two.Send(1, "chat", new byte[300]).Forget();
        _nodes.Settle();
        Assert.Equal(4, work.Count);
    }

    [Fact]
    public void A_send_that_is_not_answered_in_time_fails()
    {
        (Node one, Node two) = _nodes.StartTwo();
        one.Subscribe("chat", (_, _) => Deferred.Never());
        Deferred sent = two.Send(1, "chat", "hello"u8);
        _nodes.Advance(10);
        Deferred later = two.Send(1, "chat", "hello"u8);
        _nodes.Advance(20.25);
        sent.FailureResult<TimeoutException>();
        later.AssertNoResult();
        _nodes.Advance(10);
        later.FailureResult<TimeoutException>();
        Assert.Equal([1], two.Nodes);
    }

    [Fact]
    public void No_more_sends_wait_for_answers_than_the_limit()
    {
        (Node one, Node two) = _nodes.StartTwo(options => options with { MaxUnacknowledged = 3 });
        Listen(one);
        Deferred[] sent = [.. Enumerable.Range(0, 4).Select(_ => two.Send(1, "chat", "hello"u8))];
        sent[3].FailureResult<NodeBusyException>();
        _nodes.Settle();
        Assert.All(sent[..3], one => one.SuccessResult());
        two.Send(1, "chat", "hello"u8).AssertNoResult();
        _nodes.Settle();
    }

    [Fact]
    public void A_node_that_does_not_read_makes_its_senders_wait_in_bounded_memory()
    {
        Node one = _nodes.Start(1, options => options with { HighWaterMark = 100_000 });
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        two.Peer.IsReading = false;
        byte[] kilobyte = new byte[1000];
        int taken = 0;
        for (int round = 0; round < 100; round++) // the network itself takes some
        {
            while (one.TryPost(2, "chat", kilobyte))
                Assert.True(++taken < 10_000);
            _nodes.Settle();
        }
        one.Send(2, "chat", kilobyte).FailureResult<NodeBusyException>();
        Assert.Equal(0, one.PostToAll("chat", kilobyte));
        Assert.False(one.Channels[2].IsReady);
        Deferred ready = one.WhenReady(2);
        _nodes.Settle();
        ready.AssertNoResult();
        two.Peer.IsReading = true;
        _nodes.Settle();
        ready.SuccessResult();
        Assert.True(one.TryPost(2, "chat", kilobyte));
        Assert.InRange(taken, 160, 1000); // 64 KiB, 100,000 bytes, and what the network holds
        _nodes.Settle();
        Assert.Equal(taken + 1, two.Frames().Count(frame => frame[0] == (byte)FrameKind.Post));
    }

    [Fact]
    public void A_node_that_goes_down_ends_the_wait_for_it()
    {
        Node one = _nodes.Start(1, options => options with { HighWaterMark = 1 });
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        two.Peer.IsReading = false;
        for (int round = 0; round < 100; round++)
        {
            while (one.TryPost(2, "chat", new byte[1000])) { }
            _nodes.Settle();
        }
        Deferred ready = one.WhenReady(2);
        two.Peer.Reset();
        ready.FailureResult<NodeDownException>();
    }

    [Fact]
    public void A_message_to_ourselves_comes_in_the_next_turn()
    {
        Node one = _nodes.Start(1);
        one.Subscribe("chat", (int from, ReadOnlySpan<byte> text) =>
        {
            _heard.Add($"{from}: {Encoding.ASCII.GetString(text)}");
            if (_heard.Count < 3)
                one.TryPost(1, "chat", "again"u8);
        });
        Deferred sent = one.Send(1, "chat", "hello"u8);
        Assert.Empty(_heard);
        _nodes.Settle();
        sent.SuccessResult();
        Deferred lost = one.Send(1, "nobody", "hello"u8);
        _nodes.Settle();
        Assert.Equal(["1: hello", "1: again", "1: again"], _heard);
        Assert.Equal(RefusalReason.NoSubscriber, lost.FailureResult<MessageRefusedException>().Reason);
    }

    [Fact]
    public void A_post_to_all_reaches_every_other_node()
    {
        Node[] all = [.. Enumerable.Range(1, 4).Select(id => _nodes.Start(id))];
        _nodes.Advance(6);
        foreach (Node node in all)
            node.Subscribe("chat", (int from, ReadOnlySpan<byte> _) => _heard.Add($"{from} to {node.Id}"));
        Assert.Equal(3, all[1].PostToAll("chat", "hello"u8));
        _nodes.Settle();
        Assert.Equal(["2 to 1", "2 to 3", "2 to 4"], _heard.Order());
    }

    [Fact]
    public void A_node_that_is_silent_and_does_not_answer_is_down()
    {
        Node one = _nodes.Start(1);
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        _nodes.Advance(12.75);
        Assert.Equal([2], one.Nodes);
        _nodes.Advance(0.5);
        Assert.Empty(one.Nodes);
        Assert.False(two.Peer.IsConnected);
    }

    [Fact]
    public void Nodes_that_have_nothing_to_say_stay_up()
    {
        (Node one, Node two) = _nodes.StartTwo();
        int downs = 0;
        one.NodeDown += (_, _) => downs++;
        _nodes.Advance(300);
        Assert.Equal(0, downs);
        Assert.Equal([1], two.Nodes);
    }

    [Fact]
    public void A_loop_that_stood_still_does_not_take_its_peers_for_dead()
    {
        (Node one, Node two) = _nodes.StartTwo();
        _nodes.Advance(9.9);
        _nodes.Clock.Jump(TimeSpan.FromSeconds(60));
        _nodes.Advance(1);
        Assert.Equal([2], one.Nodes);
        Assert.Equal([1], two.Nodes);
        Assert.Empty(_nodes.Logged());
    }

    [Fact]
    public void A_node_that_stops_waits_for_the_answers_that_are_missing()
    {
        (Node one, Node two) = _nodes.StartTwo();
        var work = new Deferred();
        one.Subscribe("chat", (_, _) => work);
        Deferred sent = two.Send(1, "chat", "hello"u8);
        Deferred stopped = two.StopService();
        _nodes.Advance(1);
        sent.AssertNoResult();
        stopped.AssertNoResult();
        two.Send(1, "chat", "late"u8).FailureResult<NodeDownException>();
        work.Callback();
        _nodes.Settle();
        sent.SuccessResult();
        stopped.SuccessResult();
        Nodes.Stop(one);
        _nodes.Settle();
        Janitor.AssertClean(_nodes.Clock);
    }

    [Fact]
    public void A_node_that_comes_back_is_up_again_within_the_delay()
    {
        (Node one, Node two) = _nodes.StartTwo();
        var events = new List<string>();
        two.NodeUp += id => events.Add($"up {id}");
        two.NodeDown += (id, _) => events.Add($"down {id}");
        one.StopService().Forget();
        _nodes.Advance(20);
        one.StartService().SuccessResult();
        _nodes.Advance(5.5);
        Assert.Equal(["down 1", "up 1"], events);
        Assert.Equal([2], one.Nodes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    public void What_is_no_name_of_a_service_is_refused(string name)
    {
        (Node _, Node two) = _nodes.StartTwo();
        Assert.ThrowsAny<ArgumentException>(() => two.Send(1, name, default).Forget());
        Assert.ThrowsAny<ArgumentException>(() => two.TryPost(5, name, default));
        Assert.ThrowsAny<ArgumentException>(() => two.Subscribe(name, (int _, ReadOnlySpan<byte> _) => { }));
    }

    [Fact]
    public void A_message_longer_than_the_other_node_reads_is_refused_here()
    {
        (Node one, Node two) = _nodes.StartTwo(options =>
            options with { MaxFrame = options.Id == 1 ? 1000 : 2000 });
        Listen(one);
        Assert.Contains("1001 bytes is too long", Assert.Throws<ArgumentException>(
            () => two.Send(1, "chat", new byte[1001]).Forget()).Message, StringComparison.Ordinal);
        Deferred fits = two.Send(1, "chat", new byte[1000 - Wire.SendHead - 4]);
        Deferred other = one.Send(2, "chat", new byte[1500]);
        _nodes.Settle();
        fits.SuccessResult();
        other.FailureResult<MessageRefusedException>();
    }

    [Fact]
    public void A_frame_over_the_limit_ends_the_connection_in_one_line()
    {
        Node one = _nodes.Start(1, options => options with { MaxFrame = 1000 });
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        ScriptedConnector three = new ScriptedConnector(_nodes, id: 3).Join();
        long before = GC.GetAllocatedBytesForCurrentThread();
        two.Peer.Send([0x7F, 0xFF, 0xFF, 0xFF]);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 65_536);
        Assert.False(two.Peer.IsConnected);
        Assert.True(three.Peer.IsConnected);
        Assert.Equal([3], one.Nodes);
        Assert.Contains("where 1000 are the limit", Assert.Single(_nodes.Logged()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\x05")]
    [InlineData("\x05\0")]
    [InlineData("\x05\x05chat")]
    [InlineData("\x06\0\0")]
    [InlineData("\x06\0\0\0\x01\x05ch")]
    [InlineData("\x07\0\0\0\x01\0")]
    [InlineData("\x07\0")]
    [InlineData("\x08x")]
    [InlineData("\x0Ax")]
    public void A_frame_that_makes_no_sense_ends_the_connection(string frame)
    {
        _nodes.Start(1);
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        two.Peer.Send(ScriptedConnector.Framed(Encoding.ASCII.GetBytes(frame)));
        Assert.False(two.Peer.IsConnected);
        Assert.Contains("makes no sense", Assert.Single(_nodes.Logged()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_has_one_receiver_at_a_time()
    {
        Node one = _nodes.Start(1);
        IDisposable first = Listen(one);
        Assert.Throws<InvalidOperationException>(() => Listen(one));
        first.Dispose();
        IDisposable second = Listen(one);
        first.Dispose(); // no longer his
        one.TryPost(1, "chat", "hello"u8);
        _nodes.Settle();
        Assert.Single(_heard);
        second.Dispose();
        Listen(one);
    }

    [Fact]
    public void A_handler_of_events_that_throws_is_logged_and_harms_nobody()
    {
        Node one = _nodes.Start(1);
        var ups = new List<int>();
        one.NodeUp += _ => throw new InvalidDataException();
        one.NodeUp += ups.Add;
        new ScriptedConnector(_nodes).Join();
        Assert.Equal([2], ups);
        Assert.Single(_nodes.Log.FlushErrors<InvalidDataException>());
    }

    [Fact]
    public void Posting_a_small_message_allocates_nothing()
    {
        (Node one, Node two) = _nodes.StartTwo();
        int heard = 0;
        one.Subscribe("chat", (int _, ReadOnlySpan<byte> _) => heard++);
        for (int warm = 0; warm < 3; warm++)
            PostMany(two);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PostMany(two);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000); // the memory network's, per chunk
        Assert.Equal(4 * 1000, heard);
    }

    private void PostMany(Node from)
    {
        for (int i = 0; i < 1000; i++)
            from.TryPost(1, "chat", "hello"u8);
        _nodes.Settle();
    }

    private IDisposable Listen(Node node) => node.Subscribe("chat", (int from, ReadOnlySpan<byte> text) =>
        _heard.Add($"{from}: {Encoding.ASCII.GetString(text)}"));
}
