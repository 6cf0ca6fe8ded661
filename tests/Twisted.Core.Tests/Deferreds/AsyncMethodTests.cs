namespace Twisted.Tests;

public class AsyncMethodTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    private readonly Deferred<int> _source = new();
    private readonly List<string> _seen = [];

    private static async Deferred<int> AddOne(Deferred<int> d) => await d + 1;

    private static async Deferred Wait(Deferred d) => await d;

    [Fact]
    public void A_method_that_never_suspends_has_its_value_at_once()
    {
        Assert.Equal(2, Probe.ValueOf(AddOne(Deferred.Succeed(1))));
    }

    [Fact]
    public void A_method_suspends_until_the_Deferred_fires()
    {
        Deferred<int> d = AddOne(_source);
        Assert.False(d.IsFired);
        _source.Callback(1);
        Assert.Equal(2, Probe.ValueOf(d));
    }

    [Fact]
    public void A_method_without_a_value_suspends_too()
    {
        var gate = new Deferred();
        Deferred d = Wait(gate);
        Assert.False(d.IsFired);
        gate.Callback();
        Probe.Succeeded(d);
    }

    [Fact]
    public void A_method_resumes_inline_when_the_chain_fires()
    {
        _ = Body();
        _source.Callback(1);
        _seen.Add("after Callback");
        Assert.Equal(["resumed", "after Callback"], _seen);

        async Deferred Body()
        {
            await _source;
            _seen.Add("resumed");
        }
    }

    [Fact]
    public void What_a_method_throws_before_its_first_await_is_its_failure()
    {
        Probe.FailureOf<BoomException>(Body());

#pragma warning disable CS1998 // it throws at once, which is the case
        static async Deferred Body() => throw new BoomException();
#pragma warning restore CS1998
    }

    [Fact]
    public void What_a_method_throws_after_an_await_is_its_failure()
    {
        Deferred<int> d = Body();
        _source.Callback(1);
        Probe.FailureOf<BoomException>(d);

        async Deferred<int> Body()
        {
            await _source;
            throw new BoomException();
        }
    }

    [Fact]
    public void A_failure_is_thrown_by_await()
    {
        Deferred<int> d = AddOne(_source);
        var failure = new BoomException();
        _source.Errback(failure);
        Assert.Same(failure, Probe.FailureOf<BoomException>(d));
    }

    [Fact]
    public void A_failure_can_be_caught()
    {
        Deferred<string> d = Body();
        _source.Errback(new BoomException());
        Assert.Equal("caught boom", Probe.ValueOf(d));

        async Deferred<string> Body()
        {
            try
            {
                return $"{await _source}";
            }
            catch (BoomException e)
            {
                return $"caught {e.Message}";
            }
        }
    }

    [Fact]
    public void Finally_blocks_run_in_order()
    {
        Deferred d = Body();
        _source.Errback(new BoomException());
        Probe.FailureOf<BoomException>(d);
        Assert.Equal(["cleanup"], _seen);

        async Deferred Body()
        {
            try
            {
                await _source;
            }
            finally
            {
                _seen.Add("cleanup");
            }
        }
    }

    [Fact]
    public void Several_awaits_in_a_row()
    {
        var second = new Deferred<int>();
        Deferred<int> d = Body();
        _source.Callback(3);
        Assert.False(d.IsFired);
        second.Callback(4);
        Assert.Equal(12, Probe.ValueOf(d));

        async Deferred<int> Body() => await _source * await second;
    }

    [Fact]
    public void The_same_Deferred_can_be_awaited_twice_by_one_method()
    {
        Deferred<int> d = Body();
        _source.Callback(3);
        Assert.Equal(6, Probe.ValueOf(d));

        async Deferred<int> Body() => await _source + await _source;
    }

    [Fact]
    public void The_same_Deferred_can_be_awaited_by_two_methods()
    {
        Deferred<int> first = AddOne(_source);
        Deferred<int> second = AddOne(_source);
        _source.Callback(3);
        Assert.Equal(4, Probe.ValueOf(first));
        Assert.Equal(4, Probe.ValueOf(second));
        Assert.Equal(3, Probe.ValueOf(_source));
    }

    [Fact]
    public void The_same_failure_can_be_awaited_by_two_methods()
    {
        Deferred<int> first = AddOne(_source);
        Deferred<int> second = AddOne(_source);
        _source.Errback(new BoomException());
        Probe.FailureOf<BoomException>(first);
        Probe.FailureOf<BoomException>(second);
    }

    [Fact]
    public void An_await_sees_the_result_at_its_place_in_the_chain()
    {
        Deferred<int> first = AddOne(_source);
        _source.AddCallback(n => n * 100);
        Deferred<int> second = AddOne(_source);
        _source.Callback(3);
        Assert.Equal(4, Probe.ValueOf(first));
        Assert.Equal(301, Probe.ValueOf(second));
    }

    [Fact]
    public void An_async_lambda_is_a_callback()
    {
        Deferred<int> d = Deferred.Succeed(1).AddCallback(async n => n + await _source);
        Assert.False(d.IsSettled);
        _source.Callback(10);
        Assert.Equal(11, Probe.ValueOf(d));
    }

    [Fact]
    public void An_async_lambda_is_an_errback()
    {
        Deferred<int> d = Deferred.Fail<int>(new BoomException()).AddErrback(async _ => await _source);
        _source.Callback(10);
        Assert.Equal(10, Probe.ValueOf(d));
    }

    [Fact]
    public void An_async_Deferred_has_links_like_any_other()
    {
        Deferred<string> d = AddOne(_source).AddCallback(n => $"{n}");
        _source.Callback(1);
        Assert.Equal("2", Probe.ValueOf(d));
    }

    [Fact]
    public void Links_of_an_async_Deferred_run_when_the_method_has_ended()
    {
        Deferred d = Body();
        d.AddCallback(() => _seen.Add("link"));
        _source.Callback(1);
        Assert.Equal(["end", "link"], _seen);

        async Deferred Body()
        {
            await _source;
            _seen.Add("end");
        }
    }

    [Fact]
    public void Two_methods_resume_in_the_order_of_their_awaits()
    {
        _ = Body("first");
        _ = Body("second");
        _source.Callback(1);
        Assert.Equal(["first", "second"], _seen);

        async Deferred Body(string name)
        {
            await _source;
            _seen.Add(name);
        }
    }

    [Fact]
    public void A_resumed_method_may_fire_other_chains_that_resume_others()
    {
        var other = new Deferred<int>();
        Deferred<int> second = AddOne(other);
        Deferred<string> first = Body();
        _source.Callback(1);
        Assert.Equal("second has 42", Probe.ValueOf(first));

        async Deferred<string> Body()
        {
            await _source;
            other.Callback(41);
            return $"second has {await second}";
        }
    }

    [Fact]
    public void Locals_flow_across_awaits()
    {
        Deferred<string?> d = Body();
        Ambient.Value = "outside";
        _source.Callback(1);
        Assert.Equal("inside", Probe.ValueOf(d));
        Assert.Equal("outside", Ambient.Value);
        Ambient.Value = null;

        async Deferred<string?> Body()
        {
            Ambient.Value = "inside";
            await _source;
            return Ambient.Value;
        }
    }

    [Fact]
    public void Locals_set_before_the_first_await_do_not_leak_to_the_caller()
    {
        Ambient.Value = "caller";
        _ = Body();
        Assert.Equal("caller", Ambient.Value);
        _source.Callback(1);
        Assert.Equal("caller", Ambient.Value);
        Ambient.Value = null;

        async Deferred Body()
        {
            Ambient.Value = "method";
            await _source;
            Ambient.Value = "method again";
        }
    }

    [Fact]
    public void An_awaited_Task_resumes_on_the_context()
    {
        using var context = new QueueingContext();
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        int home = Environment.CurrentManagedThreadId;
        Deferred<int> d = Body();
        source.SetResult(5);
        context.WaitForPost();
        Assert.False(d.IsFired);
        context.RunAll();
        Assert.Equal(home, Probe.ValueOf(d));

        async Deferred<int> Body()
        {
            Assert.Equal(5, await source.Task);
            return Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public void An_awaited_Task_that_fails_throws()
    {
        using var context = new QueueingContext();
        var source = new TaskCompletionSource();
        Deferred d = Body();
        source.SetException(new BoomException());
        context.RunAll();
        Probe.FailureOf<BoomException>(d);

        async Deferred Body() => await source.Task;
    }

    [Fact]
    public void Locals_flow_across_an_awaited_Task()
    {
        using var context = new QueueingContext();
        var source = new TaskCompletionSource();
        Deferred<string?> d = Body();
        source.SetResult();
        context.RunAll();
        Assert.Equal("inside", Probe.ValueOf(d));

        async Deferred<string?> Body()
        {
            Ambient.Value = "inside";
            await source.Task;
            return Ambient.Value;
        }
    }

    [Fact]
    public void An_async_Task_method_can_await_a_Deferred()
    {
        Task<int> task = Body();
        Assert.False(task.IsCompleted);
        _source.Callback(3);
        Assert.True(task.IsCompletedSuccessfully);

        async Task<int> Body() => await _source;
    }

    [Fact]
    public void An_async_Task_method_sees_the_failure_of_a_Deferred()
    {
        using var sink = new CountingSink();
        Task<int> task = Body();
        _source.Errback(new BoomException());
        Assert.IsType<BoomException>(task.Exception!.InnerException);
        Assert.Equal(0, sink.Outstanding);

        async Task<int> Body() => await _source;
    }

    [Fact]
    public void Reading_the_result_of_a_pending_Deferred_throws()
    {
        Assert.Throws<InvalidOperationException>(() => _source.GetAwaiter().GetResult());
        Assert.Throws<InvalidOperationException>(() => ((Deferred)_source).GetAwaiter().GetResult());
        Deferred<int> waiting = Deferred.Succeed(0).AddCallback(_ => _source);
        Assert.Throws<InvalidOperationException>(() => waiting.GetAwaiter().GetResult());
    }

    [Fact]
    public void A_continuation_that_throws_is_reported_and_the_chain_goes_on()
    {
        using var sink = new CountingSink();
        _source.GetAwaiter().OnCompleted(() => throw new BoomException());
        _source.AddCallback(n => n + 1);
        _source.Callback(1);
        Assert.Equal(2, Probe.ValueOf(_source));
        Assert.IsType<BoomException>(Assert.Single(sink.Reported).Failure);
    }

    [Fact]
    public void Awaiters_are_equal_when_they_await_the_same()
    {
        Assert.True(_source.GetAwaiter() == _source.GetAwaiter());
        Assert.True(_source.GetAwaiter() != new Deferred<int>().GetAwaiter());
        Deferred plain = new();
        Assert.True(plain.GetAwaiter() == plain.GetAwaiter());
        Assert.True(plain.GetAwaiter() != new Deferred().GetAwaiter());
        Assert.Equal(plain.GetAwaiter().GetHashCode(), plain.GetAwaiter().GetHashCode());
    }

    [Fact]
    public void The_stack_of_a_failure_names_the_methods_that_awaited_it()
    {
        var gate = new Deferred();
        Deferred d = Outer();
        gate.Callback();
        string stack = Probe.FailureOf<BoomException>(d).StackTrace!;
        Assert.Contains("Innermost", stack, StringComparison.Ordinal);
        Assert.Contains("Middle", stack, StringComparison.Ordinal);
        Assert.Contains("Outer", stack, StringComparison.Ordinal);

        async Deferred Innermost()
        {
            await gate;
            throw new BoomException();
        }

        async Deferred Middle() => await Innermost();

        async Deferred Outer() => await Middle();
    }
}
