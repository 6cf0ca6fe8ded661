namespace Twisted.Analyzers.Tests;

public class ChainLinkSuppressorTests
{
    private const string Members = """
            static Deferred<string> Find() => new();
            static async Deferred Start() => await Deferred.Succeed();
            static async Task StartAsync() => await Task.Yield();
        """;

    [Fact]
    public Task Links_in_an_async_method_are_silent_and_dropped_work_is_not() => Verify.UnawaitedCalls($$"""
        class C
        {
        {{Members}}
            async Deferred M(Deferred<string> d, Deferred? maybe)
            {
                d.AddCallback(s => s.Length).AddCallback(n => { });
                d.AddErrback(e => "x");
                d.AddBoth(o => { });
                d.Finally(() => { });
                Find().AddCallback(s => s.Length);
                maybe?.AddCallback(() => { });
                «Find()»;
                «Start()»;
                «StartAsync()»;
                «d.AsTask().ContinueWith(_ => { }, TaskScheduler.Default)»;
                await d;
            }
        }
        """);

    [Fact]
    public Task So_it_is_in_an_async_lambda() => Verify.UnawaitedCalls($$"""
        class C
        {
        {{Members}}
            Func<Deferred> M(Deferred<string> d) => async () =>
            {
                d.AddCallback(s => s.Length);
                «Start()»;
                await d;
            };
        }
        """);

    [Fact]
    public Task So_it_is_in_top_level_statements_without_any_await() => Verify.UnawaitedCallsInScript("""
        var d = new Deferred<string>();
        d.AddCallback(s => s.Length);
        d.AddErrback(e => "x");
        «Start()»;
        «StartAsync()»;
        async Deferred Start() => await d;
        async Task StartAsync() => await Task.Yield();
        """);

    [Fact]
    public Task Members_of_other_types_that_return_a_Deferred_keep_their_warning() => Verify.UnawaitedCalls("""
        class C
        {
            async Deferred M(DeferredLock gate, DeferredQueue<int> queue, IListeningPort port)
            {
                «queue.Get()»;
                «port.StopListening()»;
                «Deferred.Try(() => queue.Get())»;
                using (await gate.Acquire()) { }
            }
        }
        """);
}
