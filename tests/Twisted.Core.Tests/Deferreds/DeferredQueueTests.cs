namespace Twisted.Tests;

public class DeferredQueueTests
{
    [Fact]
    public void Values_come_out_in_the_order_in_which_they_were_put()
    {
        var queue = new DeferredQueue<int>();
        queue.Put(1);
        queue.Put(2);
        Assert.Equal(2, queue.Count);
        Assert.Equal(1, Probe.ValueOf(queue.Get()));
        Assert.Equal(2, Probe.ValueOf(queue.Get()));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Those_who_wait_get_values_in_their_order()
    {
        var queue = new DeferredQueue<int>();
        Deferred<int> first = queue.Get();
        Deferred<int> second = queue.Get();
        Assert.Equal(2, queue.Waiting);
        queue.Put(1);
        Assert.False(second.IsFired);
        queue.Put(2);
        Assert.Equal(1, Probe.ValueOf(first));
        Assert.Equal(2, Probe.ValueOf(second));
    }

    [Fact]
    public void Put_beyond_the_size_overflows()
    {
        var queue = new DeferredQueue<int>(size: 1);
        queue.Put(1);
        Assert.Throws<QueueOverflowException>(() => queue.Put(2));
        Assert.Equal(1, Probe.ValueOf(queue.Get()));
        queue.Put(3);
    }

    [Fact]
    public void A_size_of_zero_only_passes_values_to_those_who_wait()
    {
        var queue = new DeferredQueue<int>(size: 0);
        Assert.Throws<QueueOverflowException>(() => queue.Put(1));
        Deferred<int> waiting = queue.Get();
        queue.Put(2);
        Assert.Equal(2, Probe.ValueOf(waiting));
    }

    [Fact]
    public void Get_beyond_the_backlog_underflows()
    {
        var queue = new DeferredQueue<int>(backlog: 1);
        Deferred<int> first = queue.Get();
        Assert.Throws<QueueUnderflowException>(() => queue.Get());
        queue.Put(1);
        Assert.Equal(1, Probe.ValueOf(first));
        Assert.False(queue.Get().IsFired);
    }

    [Fact]
    public void A_backlog_of_zero_only_takes_what_is_there()
    {
        var queue = new DeferredQueue<int>(backlog: 0);
        Assert.Throws<QueueUnderflowException>(() => queue.Get());
        queue.Put(1);
        Assert.Equal(1, Probe.ValueOf(queue.Get()));
    }

    [Fact]
    public void Limits_are_not_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeferredQueue<int>(size: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeferredQueue<int>(backlog: -1));
    }

    [Fact]
    public void Cancelling_a_get_leaves_the_queue_and_loses_no_value()
    {
        var queue = new DeferredQueue<int>();
        Deferred<int> first = queue.Get();
        Deferred<int> second = queue.Get();
        first.Cancel();
        Probe.FailureOf<CancelledException>(first);
        queue.Put(1);
        Assert.Equal(1, Probe.ValueOf(second));
    }

    [Fact]
    public void Cancelling_a_get_makes_room_in_the_backlog()
    {
        var queue = new DeferredQueue<int>(backlog: 1);
        Deferred<int> first = queue.Get();
        first.Cancel();
        Probe.FailureOf<CancelledException>(first);
        Assert.False(queue.Get().IsFired);
    }

    [Fact]
    public void Cancelling_a_get_that_has_its_value_keeps_it()
    {
        var queue = new DeferredQueue<int>();
        queue.Put(1);
        Deferred<int> got = queue.Get();
        got.Cancel();
        Assert.Equal(1, Probe.ValueOf(got));
    }
}
