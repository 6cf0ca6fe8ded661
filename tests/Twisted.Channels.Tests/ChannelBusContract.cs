using Twisted.Application;

namespace Twisted.Channels.Tests;

/// <summary>What a program may expect of any <see cref="IChannelBus"/>; derived once for each kind.</summary>
public abstract class ChannelBusContract
{
    private readonly List<string> _heard = [];

    private protected abstract BusMesh Mesh { get; }

    [Fact]
    public void A_message_is_acknowledged_when_its_receiver_has_it()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
        Listen(one);
        Deferred sent = two.Send(1, "chat", "hello"u8);
        Assert.False(sent.IsFired);
        Mesh.Settle();
        sent.SuccessResult();
        Assert.Equal(["2: hello"], _heard);
    }

    [Fact]
    public void Posts_and_sends_of_one_node_arrive_in_order_in_both_directions()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
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
        Mesh.Settle();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"2: {i}"), _heard.Where(line => line[0] == '2'));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"1: {i}"), _heard.Where(line => line[0] == '1'));
    }

    [Fact]
    public void A_message_for_a_node_that_is_down_is_told_at_once()
    {
        IChannelBus one = Mesh.Start(1);
        NodeDownException down = one.Send(2, "chat", "hello"u8).FailureResult<NodeDownException>();
        Assert.False(down.MayHaveArrived);
        Assert.False(one.TryPost(2, "chat", "hello"u8));
        one.WhenReady(2).FailureResult<NodeDownException>();
    }

    [Fact]
    public void A_service_that_nobody_has_is_told_to_the_sender()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
        Deferred sent = two.Send(1, "chat", "hello"u8);
        two.TryPost(1, "chat", "hello"u8);
        Mesh.Settle();
        Assert.Equal(RefusalReason.NoSubscriber, sent.FailureResult<MessageRefusedException>().Reason);
        Assert.Equal(1, Mesh.DroppedPostsOf(one));
    }

    [Fact]
    public void A_receiver_that_fails_is_logged_here_and_told_there_without_its_text()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
        one.Subscribe("chat", (int _, ReadOnlySpan<byte> _) => throw new InvalidDataException("the secret cause"));
        Deferred sent = two.Send(1, "chat", "hello"u8);
        Mesh.Settle();
        MessageRefusedException refused = sent.FailureResult<MessageRefusedException>();
        Assert.Equal(RefusalReason.Failed, refused.Reason);
        Assert.DoesNotContain("secret cause", refused.Message, StringComparison.Ordinal);
        Assert.Single(Mesh.Log.FlushErrors<InvalidDataException>());
        Assert.Equal([2], one.Nodes);
    }

    [Fact]
    public void A_receiver_that_takes_its_time_acknowledges_at_its_end()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
        var work = new Dictionary<string, Deferred>();
        one.Subscribe("chat", (_, text) => work[Encoding.ASCII.GetString(text.Span)] = new Deferred());
        Deferred first = two.Send(1, "chat", "first"u8);
        Deferred second = two.Send(1, "chat", "second"u8);
        Deferred third = two.Send(1, "chat", "third"u8);
        Mesh.Settle();
        work["second"].Callback();
        work["third"].Errback(new InvalidDataException());
        Mesh.Settle();
        second.SuccessResult();
        Assert.Equal(RefusalReason.Failed, third.FailureResult<MessageRefusedException>().Reason);
        first.AssertNoResult();
        work["first"].Callback();
        Mesh.Settle();
        first.SuccessResult();
    }

    [Fact]
    public void A_receiver_that_does_not_finish_gets_no_more_than_the_high_water_mark()
    {
        (IChannelBus one, IChannelBus two) = StartTwo(new BusLimits { HighWaterMark = 2000 });
        var work = new List<Deferred>();
        one.Subscribe("chat", (_, _) =>
        {
            work.Add(new Deferred());
            return work[^1];
        });
        Deferred[] sent = [.. Enumerable.Range(0, 10).Select(_ => two.Send(1, "chat", new byte[300]))];
        Mesh.Settle();
        Assert.Equal(3, work.Count); // of 556 bytes each
        Assert.Equal(7, sent.Count(one => one.IsSettled));
        Assert.All(sent[3..],
            one => Assert.Equal(RefusalReason.Busy, one.FailureResult<MessageRefusedException>().Reason));
        work[0].Callback();
        two.Send(1, "chat", new byte[300]).Forget();
        Mesh.Settle();
        Assert.Equal(4, work.Count);
    }

    [Fact]
    public void A_send_that_is_not_answered_in_time_fails()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
        one.Subscribe("chat", (_, _) => Deferred.Never());
        Deferred sent = two.Send(1, "chat", "hello"u8);
        Mesh.Advance(10);
        Deferred later = two.Send(1, "chat", "hello"u8);
        Mesh.Advance(20.25);
        sent.FailureResult<TimeoutException>();
        later.AssertNoResult();
        Mesh.Advance(10);
        later.FailureResult<TimeoutException>();
        Assert.Equal([1], two.Nodes);
    }

    [Fact]
    public void No_more_sends_wait_for_answers_than_the_limit()
    {
        (IChannelBus one, IChannelBus two) = StartTwo(new BusLimits { MaxUnacknowledged = 3 });
        Listen(one);
        Deferred[] sent = [.. Enumerable.Range(0, 4).Select(_ => two.Send(1, "chat", "hello"u8))];
        sent[3].FailureResult<NodeBusyException>();
        Mesh.Settle();
        Assert.All(sent[..3], one => one.SuccessResult());
        two.Send(1, "chat", "hello"u8).AssertNoResult();
        Mesh.Settle();
    }

    [Fact]
    public void A_message_to_ourselves_comes_in_the_next_turn()
    {
        IChannelBus one = Mesh.Start(1);
        one.Subscribe("chat", (int from, ReadOnlySpan<byte> text) =>
        {
            _heard.Add($"{from}: {Encoding.ASCII.GetString(text)}");
            if (_heard.Count < 3)
                one.TryPost(1, "chat", "again"u8);
        });
        Deferred sent = one.Send(1, "chat", "hello"u8);
        Assert.Empty(_heard);
        Mesh.Settle();
        sent.SuccessResult();
        Deferred lost = one.Send(1, "nobody", "hello"u8);
        Mesh.Settle();
        Assert.Equal(["1: hello", "1: again", "1: again"], _heard);
        Assert.Equal(RefusalReason.NoSubscriber, lost.FailureResult<MessageRefusedException>().Reason);
    }

    [Fact]
    public void A_post_to_all_reaches_every_other_node()
    {
        IChannelBus[] all = [.. Enumerable.Range(1, 4).Select(id => Mesh.Start(id))];
        Mesh.Advance(6);
        foreach (IChannelBus node in all)
            node.Subscribe("chat", (int from, ReadOnlySpan<byte> _) => _heard.Add($"{from} to {node.Id}"));
        Assert.Equal(3, all[1].PostToAll("chat", "hello"u8));
        Mesh.Settle();
        Assert.Equal(["2 to 1", "2 to 3", "2 to 4"], _heard.Order());
    }

    [Fact]
    public void Nodes_that_have_nothing_to_say_stay_up()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
        int downs = 0;
        one.NodeDown += (_, _) => downs++;
        Mesh.Advance(300);
        Assert.Equal(0, downs);
        Assert.Equal([1], two.Nodes);
    }

    [Fact]
    public void A_loop_that_stood_still_does_not_take_its_peers_for_dead()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
        Mesh.Advance(9.9);
        Mesh.Clock.Jump(TimeSpan.FromSeconds(60));
        Mesh.Advance(1);
        Assert.Equal([2], one.Nodes);
        Assert.Equal([1], two.Nodes);
        Assert.Empty(Mesh.Logged());
    }

    [Fact]
    public void A_node_that_stops_waits_for_the_answers_that_are_missing()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
        var work = new Deferred();
        one.Subscribe("chat", (_, _) => work);
        Deferred sent = two.Send(1, "chat", "hello"u8);
        Deferred stopped = ((IService)two).StopService();
        Mesh.Advance(1);
        sent.AssertNoResult();
        stopped.AssertNoResult();
        two.Send(1, "chat", "late"u8).FailureResult<NodeDownException>();
        work.Callback();
        Mesh.Settle();
        sent.SuccessResult();
        stopped.SuccessResult();
        ((IService)one).StopService().Forget();
        Mesh.Stop();
        Mesh.Settle();
        Janitor.AssertClean(Mesh.Clock);
    }

    [Fact]
    public void A_node_that_comes_back_is_up_again_within_the_delay()
    {
        (IChannelBus one, IChannelBus two) = StartTwo();
        var events = new List<string>();
        two.NodeUp += id => events.Add($"up {id}");
        two.NodeDown += (id, _) => events.Add($"down {id}");
        ((IService)one).StopService().Forget();
        Mesh.Advance(20);
        ((IService)one).StartService().SuccessResult();
        Mesh.Advance(5.5);
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
        (IChannelBus _, IChannelBus two) = StartTwo();
        Assert.ThrowsAny<ArgumentException>(() => two.Send(1, name, default).Forget());
        Assert.ThrowsAny<ArgumentException>(() => two.TryPost(5, name, default));
        Assert.ThrowsAny<ArgumentException>(() => two.Subscribe(name, (int _, ReadOnlySpan<byte> _) => { }));
    }

    [Fact]
    public void A_service_has_one_receiver_at_a_time()
    {
        IChannelBus one = Mesh.Start(1);
        IDisposable first = Listen(one);
        Assert.Throws<InvalidOperationException>(() => Listen(one));
        first.Dispose();
        IDisposable second = Listen(one);
        first.Dispose(); // no longer his
        one.TryPost(1, "chat", "hello"u8);
        Mesh.Settle();
        Assert.Single(_heard);
        second.Dispose();
        Listen(one);
    }

    [Fact]
    public void A_handler_of_events_that_throws_is_logged_and_harms_nobody()
    {
        IChannelBus one = Mesh.Start(1);
        var ups = new List<int>();
        one.NodeUp += _ => throw new InvalidDataException();
        one.NodeUp += ups.Add;
        Mesh.Start(2);
        Assert.Equal([2], ups);
        Assert.Single(Mesh.Log.FlushErrors<InvalidDataException>());
    }

    private (IChannelBus One, IChannelBus Two) StartTwo(BusLimits? limits = null)
    {
        (IChannelBus One, IChannelBus Two) two = (Mesh.Start(1, limits), Mesh.Start(2, limits));
        Assert.Equal([2], two.One.Nodes);
        Assert.Equal([1], two.Two.Nodes);
        return two;
    }

    private IDisposable Listen(IChannelBus node) => node.Subscribe("chat", (int from, ReadOnlySpan<byte> text) =>
        _heard.Add($"{from}: {Encoding.ASCII.GetString(text)}"));
}
