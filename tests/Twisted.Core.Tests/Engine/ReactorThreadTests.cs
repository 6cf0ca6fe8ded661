using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>What other threads bring to the engine.</summary>
public class ReactorThreadTests : EngineTest
{
    private readonly List<string> _done = [];

    [Fact]
    public void Other_threads_wake_the_loop_once_until_it_has_looked()
    {
        Loop.CallFromThread(() => { });
        Assert.Equal(0, Driver.Wakes);
        Loop.Leave();
        Loop.CallFromThread(() => { });
        Loop.CallFromThread(() => { });
        Assert.Equal(1, Driver.Wakes);
        Loop.Enter();
        Step();
        Loop.Leave();
        Loop.CallFromThread(() => { });
        Assert.Equal(2, Driver.Wakes);
    }

    [Fact]
    public void Work_in_threads_counts_as_left_over_until_the_reactor_has_heard_of_its_end()
    {
        Deferred<int> result = Loop.DeferToThread(() => 42);
        Assert.Equal(["work in threads that has not ended: 1"], Janitor.Leftovers(Loop));
        DoWork();
        Assert.False(result.IsFired);
        Assert.Equal(["work in threads that has not ended: 1"], Janitor.Leftovers(Loop));
        Step();
        Assert.Equal(42, result.SuccessResult());
        Assert.Empty(Janitor.Leftovers(Loop));
    }

    [Fact]
    public async Task A_call_from_outside_has_the_result_or_the_failure_of_what_it_calls()
    {
        Task<int> result = Loop.InvokeAsync(() => Deferred.Succeed(42));
        Task<int> failure = Loop.InvokeAsync(() => Deferred.Fail<int>(new NotSupportedException()));
        Step();
        Loop.Leave();
        Assert.Equal(42, await result);
        await Assert.ThrowsAsync<NotSupportedException>(() => failure);
    }

    [Fact]
    public void Work_in_threads_that_fails_is_reported_and_so_named()
    {
        Loop.CallInThread(() => throw new NotSupportedException());
        DoWork();
        Assert.Empty(Lines);
        Step();
        Assert.Equal(["Unhandled error in call in thread"], Lines);
    }

    [Fact]
    public void The_size_of_the_pool_is_the_drivers_matter()
    {
        Loop.SuggestThreadPoolSize(7);
        Assert.Equal(7, Driver.ThreadPoolSize);
        Assert.Throws<ArgumentOutOfRangeException>("size", () => Loop.SuggestThreadPoolSize(0));
    }

    [Fact]
    public void On_the_reactor_thread_an_action_runs_at_once_and_elsewhere_it_waits()
    {
        Loop.RunOrQueue(() => _done.Add("here"));
        Assert.Equal(["here"], _done);
        Loop.Leave();
        Loop.RunOrQueue(() => _done.Add("there"));
        Assert.Equal(["here"], _done);
        Loop.Enter();
        Step();
        Assert.Equal(["here", "there"], _done);
    }

    [Fact]
    public void Posting_always_waits_and_sending_does_not_on_the_reactor_thread()
    {
        SynchronizationContext context = Loop.SynchronizationContext;
        Assert.Same(context, context.CreateCopy());
        context.Post(state => _done.Add($"posted {state}"), 1);
        context.Send(state => _done.Add($"sent {state}"), 2);
        Assert.Equal(["sent 2"], _done);
        Step();
        Assert.Equal(["sent 2", "posted 1"], _done);
    }

    [Fact]
    public async Task Sending_from_another_thread_waits_for_the_reactors()
    {
        SynchronizationContext context = Loop.SynchronizationContext;
        Task sent = Task.Run(() =>
        {
            context.Send(state => _done.Add($"sent {state} {Loop.IsInReactorThread}"), 1);
            _done.Add("back");
        });
        Assert.True(SpinWait.SpinUntil(() => Loop.QueueLength > 0, TimeSpan.FromSeconds(60)));
        Assert.Empty(_done);
        Step();
        Loop.Leave();
        await sent;
        Assert.Equal(["sent 1 True", "back"], _done);
    }

    [Fact]
    public void A_closed_queue_drops_what_comes_with_all_that_it_holds()
    {
        int wakes = 0;
        var queue = new CallQueue(() => wakes++);
        Assert.True(queue.Add(new QueuedCall(() => { }), inReactorThread: false));
        Assert.Equal((1, 1), (queue.Count, wakes));
        queue.Close();
        Assert.True(queue.IsEmpty);
        Assert.False(queue.Add(new QueuedCall(() => { }), inReactorThread: true));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void A_failure_that_another_thread_loses_is_reported_on_the_reactors()
    {
        FailureSink sink = FailureSink.Current!;
        sink.Lost(new NotSupportedException("here"), "a chain");
        Assert.Equal(1, Loop.FailuresReported);
        Loop.Leave();
        sink.Lost(new NotSupportedException("there"), "another chain");
        Assert.Equal(1, Loop.FailuresReported);
        Loop.Enter();
        Step();
        Assert.Equal(["Unhandled error in a chain", "Unhandled error in another chain"], Lines);
    }

    [Fact]
    public void A_failure_that_is_lost_after_the_end_is_told_to_the_process()
    {
        var told = new List<Exception>();
        var failure = new NotSupportedException("late");
        void Listen(Exception lost) => told.Add(lost);
        FailureSink sink = FailureSink.Current!;
        Driver.Events.Enqueue(Loop.Stop);
        Step();
        Step();
        Loop.Leave();
        Assert.False(Loop.StepOnce());
        Deferred.UnhandledFailure += Listen;
        try
        {
            sink.Lost(failure, "a chain");
        }
        finally
        {
            Deferred.UnhandledFailure -= Listen;
        }
        Assert.Contains(failure, told);
        Assert.Equal(0, Loop.FailuresReported);
    }
}
