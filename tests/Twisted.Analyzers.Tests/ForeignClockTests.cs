namespace Twisted.Analyzers.Tests;

public class ForeignClockTests
{
    private static Task Check(string statements) => Verify.Rule<ForeignClockAnalyzer>("TW0005", $$"""
        class P(IReactor reactor) : Protocol
        {
            async Task M(TimeSpan time, Task t, Task<int> n, CancellationToken token)
            {
                {{statements}}
                await t;
            }
        }
        """);

    [Theory]
    [InlineData("await Task.«Delay»(time);")]
    [InlineData("await Task.«Delay»(100, token);")]
    [InlineData("Thread.«Sleep»(time);")]
    [InlineData("Thread.«Sleep»(0);")]
    [InlineData("using var x = «new Timer(_ => { })»;")]
    [InlineData("using var x = «new System.Timers.Timer(5)»;")]
    [InlineData("using var x = «new PeriodicTimer(time)»;")]
    [InlineData("using var x = «new CancellationTokenSource(time)»;")]
    [InlineData("using CancellationTokenSource x = «new(100)»;")]
    [InlineData("await t.«WaitAsync»(time);")]
    [InlineData("int i = await n.«WaitAsync»(time, token);")]
    [InlineData("await Deferred.FromTask(ct => Task.«Delay»(time, ct));")]
    public Task A_wait_on_the_systems_clock_is_reported(string statements) => Check(statements);

    [Theory]
    [InlineData("await Task.Delay(time, reactor.TimeProvider);")]
    [InlineData("await Task.Delay(time, reactor.TimeProvider, token);")]
    [InlineData("using var x = new PeriodicTimer(time, reactor.TimeProvider);")]
    [InlineData("using var x = new CancellationTokenSource(time, reactor.TimeProvider);")]
    [InlineData("using var x = reactor.TimeProvider.CreateTimer(_ => { }, null, time, time);")]
    [InlineData("await t.WaitAsync(time, reactor.TimeProvider);")]
    public Task A_wait_on_the_reactors_clock_is_right(string statements) => Check(statements);

    [Theory]
    [InlineData("using var x = new CancellationTokenSource();")]
    [InlineData("await t.WaitAsync(token);")]
    [InlineData("await Task.Delay(-1, token);")]
    [InlineData("await Task.Delay(Timeout.Infinite, token);")]
    [InlineData("await Task.Delay(Timeout.InfiniteTimeSpan, token);")]
    public Task A_wait_without_a_time_needs_no_clock(string statements) => Check(statements);

    [Theory]
    [InlineData("await reactor.DeferToThread(() => Thread.Sleep(time));")]
    [InlineData("reactor.CallInThread(() => Thread.Sleep(time));")]
    [InlineData("await Task.Run(() => Thread.Sleep(time));")]
    public Task A_thread_of_the_pool_may_block(string statements) => Check(statements);

    [Fact]
    public Task An_async_Deferred_function_is_reactor_code_wherever_it_stands() =>
        Verify.RuleInScript<ForeignClockAnalyzer>("TW0005", """
            Thread.Sleep(1);
            Run(async r => { await Task.«Delay»(1); });
            static void Run(Func<IReactor?, Deferred> main) => main(null);
            """);

    [Fact]
    public Task Other_code_may_use_the_systems_clock() => Verify.Rule<ForeignClockAnalyzer>("TW0005", """
        class C { async Task M() { await Task.Delay(1); Thread.Sleep(1); } }
        """);

    [Fact]
    public async Task The_message_says_what_to_do_instead()
    {
        string message = Assert.Single(await Verify.Messages<ForeignClockAnalyzer>(
            "TW0005", "class C { async Deferred M() => await Task.Delay(1); }"));
        Assert.Equal(
            "Task.Delay runs on the system's clock, not on the reactor's. "
            + "Pass reactor.TimeProvider, or await reactor.DeferLater(delay).",
            message);
    }
}
