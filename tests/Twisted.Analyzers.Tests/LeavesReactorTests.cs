namespace Twisted.Analyzers.Tests;

public class LeavesReactorTests
{
    private static Task Check(string marked) => Verify.Rule<LeavesReactorAnalyzer>("TW0004", marked);

    [Fact]
    public Task ConfigureAwait_false_in_a_protocol_is_reported() => Check("""
        class P : Protocol
        {
            async Task<int> Load(Task<int> t) => await t.«ConfigureAwait»(false);
            async Task Wait(Task t) => await t.«ConfigureAwait»(ConfigureAwaitOptions.None);
            async Task Value(ValueTask t) => await t.«ConfigureAwait»(continueOnCapturedContext: false);
            async Task Each(IAsyncEnumerable<int> all) { await foreach (int i in all.«ConfigureAwait»(false)) { } }
        }
        """);

    [Fact]
    public Task So_it_is_in_an_async_Deferred_function_of_any_kind() => Check("""
        class C
        {
            async Deferred Method(Task t) => await t.«ConfigureAwait»(false);
            void M(Task t, IReactor reactor)
            {
                async Deferred<int> Local() { await t.«ConfigureAwait»(false); return 1; }
                reactor.CallLater(default, async () => await t.«ConfigureAwait»(false));
                Local();
            }
        }
        """);

    [Fact]
    public Task Coming_back_to_the_reactor_is_right() => Check("""
        class P : Protocol
        {
            async Task A(Task t) => await t;
            async Task B(Task t) => await t.ConfigureAwait(true);
            async Task C(Task t) =>
                await t.ConfigureAwait(
                    ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        }
        """);

    [Fact]
    public Task Code_that_belongs_to_no_reactor_may_go_where_it_likes() => Check("""
        class Store { public async Task Save(Task t) => await t.ConfigureAwait(false); }
        """);

    [Fact]
    public Task Work_handed_out_of_the_reactor_may_stay_out() => Check("""
        class P : Protocol
        {
            Deferred A(Task t) => Deferred.FromTask(async _ => await t.ConfigureAwait(false));
            async Deferred B(Task t) => await Task.Run(async () => await t.ConfigureAwait(false));
        }
        """);
}
