namespace Twisted.Application.Tests;

/// <summary>Order, names, places, and what is left when one cannot start.</summary>
public class ServiceTreeTests
{
    private readonly List<string> _events = [];

    private Recorded Make(string name, Exception? failure = null) => new(_events, failure) { Name = name };

    private MultiService Tree(params IService[] services)
    {
        var tree = new MultiService { Name = "tree" };
        foreach (IService service in services)
            tree.AddService(service).SuccessResult();
        return tree;
    }

    [Fact]
    public void They_start_in_order_and_stop_in_reverse()
    {
        MultiService tree = Tree(Make("a"), Tree(Make("b"), Make("c")), Make("d"));
        tree.PrivilegedStartService().SuccessResult();
        tree.StartService().SuccessResult();
        Assert.True(tree.IsRunning);
        tree.StopService().SuccessResult();
        Assert.False(tree.IsRunning);
        Assert.Equal(
            [
                "privileged a", "privileged b", "privileged c", "privileged d", "start a", "start b", "start c",
                "start d", "stop d", "stop c", "stop b", "stop a",
            ], _events);
    }

    [Fact]
    public void Stopping_waits_for_each()
    {
        var slow = new Deferred();
        MultiService tree = Tree(Make("a"), new Recorded(_events) { Name = "slow", Stopped = slow });
        tree.StartService().SuccessResult();
        Deferred stopped = tree.StopService();
        stopped.AssertNoResult();
        Assert.Equal("stop a", _events[^1]); // asked without waiting for the other
        slow.Callback();
        stopped.SuccessResult();
    }

    [Fact]
    public void A_failure_while_one_stops_keeps_no_other_from_stopping()
    {
        MultiService tree = Tree(Make("a"), new Recorded(_events)
        {
            Name = "bad",
            Stopped = Deferred.Fail(new IOException("the disk")),
        });
        tree.StartService().SuccessResult();
        Assert.Equal("the disk", tree.StopService().FailureResult<IOException>().Message);
        Assert.Equal("stop a", _events[^1]);
    }

    [Fact]
    public void One_that_cannot_start_stops_those_before_it()
    {
        MultiService tree = Tree(Make("a"), Make("b", new IOException("no port")), Make("c"));
        Assert.Equal("no port", tree.StartService().FailureResult<IOException>().Message);
        Assert.Equal(["start a", "start b", "stop b", "stop a"], _events);
        Assert.False(tree.IsRunning);
    }

    [Fact]
    public void One_that_joins_a_running_tree_is_started_and_one_that_leaves_is_stopped()
    {
        MultiService tree = Tree();
        tree.StartService().SuccessResult();
        Recorded late = Make("late");
        tree.AddService(late).SuccessResult();
        Assert.Equal(["privileged late", "start late"], _events);
        Assert.Same(late, tree["late"]);
        tree.RemoveService(late).SuccessResult();
        Assert.Equal("stop late", _events[^1]);
        Assert.Null(late.Parent);
        Assert.Empty(tree.Services);
    }

    [Fact]
    public void A_new_place_takes_it_out_of_the_old_one()
    {
        Recorded one = Make("one");
        MultiService before = Tree(one);
        MultiService after = Tree();
        after.AddService(one).SuccessResult();
        Assert.Empty(before.Services);
        Assert.Same(after, one.Parent);
        Assert.Empty(_events); // neither runs
    }

    [Fact]
    public void A_name_is_there_once_and_a_tree_has_no_circles()
    {
        MultiService tree = Tree(Make("a"));
        var twin = Assert.Throws<InvalidOperationException>(() => { tree.AddService(Make("a")); });
        Assert.Equal("tree has a service 'a' already. Give this one another name, or remove that one first.",
            twin.Message);
        MultiService inner = new() { Name = "inner" };
        tree.AddService(inner).SuccessResult();
        Assert.Throws<InvalidOperationException>(() => { inner.AddService(tree); });
        Assert.Equal("There is no service 'x' in tree. There are: a, inner.",
            Assert.Throws<KeyNotFoundException>(() => tree["x"]).Message);
        Assert.Throws<ArgumentException>(() => { tree.RemoveService(Make("stranger")); });
    }

    private sealed class Recorded(List<string> events, Exception? failure = null) : Service
    {
        internal Deferred? Stopped { get; init; }

        public override Deferred PrivilegedStartService()
        {
            events.Add($"privileged {Name}");
            return base.PrivilegedStartService();
        }

        public override Deferred StartService()
        {
            events.Add($"start {Name}");
            return failure is null ? base.StartService() : Deferred.Fail(failure);
        }

        public override Deferred StopService()
        {
            events.Add($"stop {Name}");
            base.StopService().SuccessResult();
            return Stopped ?? Deferred.Succeed();
        }
    }
}
