namespace Twisted.Analyzers.Tests;

public class AsyncCallbackTests
{
    private static Task Check(string statements) => Verify.Rule<AsyncCallbackAnalyzer>("TW0002", $$"""
        class C
        {
            private Task _kept = Task.CompletedTask;
            static Task WorkAsync() => Task.CompletedTask;
            static Deferred Work() => Deferred.Succeed();
            static async void AsyncVoid() => await Task.Yield();
            static void Plain() { }
            void M(IReactor reactor, Deferred<string> d, Deferred? maybe)
            {
                {{statements}}
            }
        }
        class Timeout(IReactorTime reactor, Action expired)
        {
            public IDelayedCall Start() => reactor.CallLater(default, expired);
        }
        namespace Twisted.Sample
        {
            public static class Api
            {
                public static void Once(Action callback) { } // without a twin that takes a Func<Deferred>
                public static Action? Expired { get; set; }
            }
        }
        """);

    [Theory]
    [InlineData("Twisted.Sample.Api.Once(«async () => await Work()»);")]
    [InlineData("Twisted.Sample.Api.Expired = «async () => await Work()»;")]
    [InlineData("d.AddCallbacks(s => { }, «async e => { await Work(); }»);")]
    [InlineData("reactor.CallInThread(«async () => await WorkAsync()»);")]
    [InlineData("reactor.CallInThread(«async delegate { await WorkAsync(); }»);")]
    [InlineData("reactor.CallLater(default, «async (string s) => { await Work(); }», \"x\");")]
    [InlineData("new Deferred(«async d => await Work()»).Forget();")]
    public Task An_async_lambda_that_becomes_an_Action_is_reported(string statements) => Check(statements);

    [Theory]
    [InlineData("Twisted.Sample.Api.Once(«() => WorkAsync()»);")]
    [InlineData("Twisted.Sample.Api.Once(«() => Work()»);")]
    [InlineData("Twisted.Sample.Api.Once(«() => d.AsTask()»);")]
    [InlineData("reactor.CallInThread(«() => WorkAsync()»);")]
    [InlineData("reactor.CallLater(default, «(string s) => Work()», \"x\");")]
    public Task A_lambda_whose_only_expression_is_unfinished_work_is_reported(string statements) => Check(statements);

    [Theory]
    [InlineData("reactor.CallLater(default, «AsyncVoid»);")]
    [InlineData("Twisted.Sample.Api.Once(«AsyncVoid»);")]
    public Task An_async_void_method_given_by_name_is_reported(string statements) => Check(statements);

    [Fact]
    public Task So_is_an_async_listener_of_an_event() =>
        Check("reactor.UnhandledFailure += «async failure => await WorkAsync()»;");

    [Theory]
    [InlineData("reactor.CallLater(default, async () => { await Work(); });")]
    [InlineData("reactor.CallLater(default, () => Work());")]
    [InlineData("reactor.CallWhenRunning(Work);")]
    [InlineData("d.AddCallback(async s => { await Work(); });")]
    public Task The_twin_that_takes_a_function_returning_Deferred_is_the_right_place(string statements) =>
        Check(statements);

    [Theory]
    [InlineData("d.Finally(Plain);")]
    [InlineData("d.Finally(() => Plain());")]
    [InlineData("d.Finally(() => { Work().Forget(); });")]
    [InlineData("d.Finally(() => Work().Forget());")]
    [InlineData("Twisted.Sample.Api.Once(() => _kept = WorkAsync());")]
    [InlineData("Twisted.Sample.Api.Once(() => d.AddCallback(s => s.Length));")]
    [InlineData("Twisted.Sample.Api.Once(() => maybe?.AddCallback(Plain));")]
    [InlineData("d.AddCallback(s => { maybe?.Cancel(); });")]
    public Task Callbacks_that_drop_nothing_are_left_alone(string statements) => Check(statements);

    [Fact]
    public Task What_other_libraries_are_given_is_their_affair() => Check("""
        Parallel.For(0, 1, async i => await Work());
        new List<int>().ForEach(async i => await WorkAsync());
        new Timeout(reactor, async () => await Work()).Start();
        """);
}
