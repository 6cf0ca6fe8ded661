namespace Twisted.Tests;

public class TaskBorderTests
{
    [Fact]
    public void AsTask_has_the_value()
    {
        var d = new Deferred<int>();
        Task<int> task = d.AsTask();
        Assert.False(task.IsCompleted);
        d.Callback(3);
        Assert.Equal(3, Completed(task));
    }

    [Fact]
    public void AsTask_without_a_value_completes()
    {
        var d = new Deferred();
        Task task = d.AsTask();
        d.Callback();
        Assert.True(task.IsCompletedSuccessfully);
    }

    [Fact]
    public void AsTask_has_the_failure_and_takes_it_out_of_the_chain()
    {
        using var sink = new CountingSink();
        var d = new Deferred<int>();
        Task<int> task = d.AsTask();
        d.Errback(new BoomException());
        Assert.IsType<BoomException>(task.Exception!.InnerException);
        Assert.Equal(0, sink.Outstanding);
        Probe.Succeeded(d);
    }

    [Fact]
    public void AsTask_of_a_failed_chain_without_a_value()
    {
        Task task = Deferred.Fail(new BoomException()).AsTask();
        Assert.IsType<BoomException>(task.Exception!.InnerException);
    }

    [Fact]
    public void A_cancelled_chain_is_a_cancelled_Task()
    {
        var d = new Deferred<int>();
        Task<int> task = d.AsTask();
        d.Cancel();
        Assert.True(task.IsCanceled);
        var plain = new Deferred();
        Task plainTask = plain.AsTask();
        plain.Cancel();
        Assert.True(plainTask.IsCanceled);
    }

    [Fact]
    public void AsTask_leaves_the_value_in_the_chain()
    {
        var d = new Deferred<int>();
        _ = d.AsTask();
        d.Callback(3);
        Assert.Equal(3, Probe.ValueOf(d));
    }

    [Fact]
    public void FromTask_of_a_completed_Task_has_its_result_at_once()
    {
        Assert.Equal(4, Probe.ValueOf(Deferred.FromTask(_ => Task.FromResult(4))));
        Probe.Succeeded(Deferred.FromTask(_ => Task.CompletedTask));
    }

    [Fact]
    public void FromTask_fails_with_the_exception_of_the_Task_itself()
    {
        Deferred<int> d = Deferred.FromTask(_ => Task.FromException<int>(new BoomException()));
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void FromTask_keeps_all_exceptions_when_there_are_several()
    {
        Deferred d = Deferred.FromTask(_ =>
            Task.WhenAll(Task.FromException(new BoomException()), Task.FromException(new OtherException())));
        Assert.Equal(2, Probe.FailureOf<AggregateException>(d).InnerExceptions.Count);
    }

    [Fact]
    public void FromTask_fails_with_what_start_throws()
    {
        Probe.FailureOf<BoomException>(Deferred.FromTask(Task (_) => throw new BoomException()));
    }

    [Fact]
    public void FromTask_fails_when_start_returns_null()
    {
        Probe.FailureOf<InvalidOperationException>(Deferred.FromTask(Task (_) => null!));
    }

    [Fact]
    public void A_cancelled_Task_is_a_cancelled_chain()
    {
        Deferred d = Deferred.FromTask(_ => Task.FromCanceled(new CancellationToken(canceled: true)));
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void FromTask_comes_back_to_the_context_of_the_caller()
    {
        using var context = new QueueingContext();
        var source = new TaskCompletionSource<int>();
        int home = Environment.CurrentManagedThreadId;
        int ranOn = 0;
        Deferred<int> d = Deferred.FromTask(_ => source.Task);
        d.AddCallback(n =>
        {
            ranOn = Environment.CurrentManagedThreadId;
            return n;
        });
        var other = new Thread(() => source.SetResult(6));
        other.Start();
        other.Join();
        context.WaitForPost();
        Assert.False(d.IsFired);
        context.RunAll();
        Assert.Equal(6, Probe.ValueOf(d));
        Assert.Equal(home, ranOn);
    }

    [Fact]
    public void Cancelling_FromTask_cancels_the_token()
    {
        using var context = new QueueingContext();
        CancellationToken given = default;
        var source = new TaskCompletionSource<int>();
        Deferred<int> d = Deferred.FromTask(token =>
        {
            given = token;
            return source.Task;
        });
        Assert.False(given.IsCancellationRequested);
        d.Cancel();
        Assert.True(given.IsCancellationRequested);
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void The_late_result_of_a_cancelled_FromTask_is_dropped()
    {
        using var context = new QueueingContext();
        var source = new TaskCompletionSource<int>();
        Deferred<int> d = Deferred.FromTask(_ => source.Task);
        d.Cancel();
        Probe.FailureOf<CancelledException>(d);
        source.SetResult(1);
        context.RunAll();
        Probe.Succeeded(d);
    }

    [Fact]
    public void An_async_lambda_is_a_Task_for_FromTask()
    {
        using var context = new QueueingContext();
        Deferred<int> d = Deferred.FromTask(async _ =>
        {
            await Task.Yield();
            return 8;
        });
        Assert.False(d.IsFired);
        context.RunAll();
        Assert.Equal(8, Probe.ValueOf(d));
    }

    private static T Completed<T>(Task<T> task)
    {
        Assert.True(task.IsCompletedSuccessfully);
        return task.GetAwaiter().GetResult();
    }
}
