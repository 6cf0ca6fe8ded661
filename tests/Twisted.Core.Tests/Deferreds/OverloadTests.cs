namespace Twisted.Tests;

/// <summary>
/// Compile tests: each call has to resolve, to the type on its left. docs/adr/001-overloads.md says why they might not.
/// </summary>
public class OverloadTests
{
    private static Deferred<string> Text() => Deferred.Succeed("text");

    private static Deferred Plain() => Deferred.Succeed();

    private static Deferred<int> Number(string s) => Deferred.Succeed(s.Length);

    private static Deferred Waits(string s) => Deferred.Succeed();

    private static int Length(string s) => s.Length;

    private static string Rescue(Exception e) => e.Message;

    private static void Take(string s) { }

    private static void TakeFailure(Exception e) { }

    [Fact]
    public void Callbacks_as_lambdas_and_method_groups()
    {
        Deferred<string> same = Text().AddCallback(s => s.ToUpperInvariant());
        Deferred<int> followed = Text().AddCallback(s => Number(s));
        Deferred waited = Text().AddCallback(s => Waits(s));
        Deferred taken = Text().AddCallback(Take);
        Deferred<int> mapped = Text().AddCallback(Length);
        Deferred<int> followedGroup = Text().AddCallback(Number);
        Deferred waitedGroup = Text().AddCallback(Waits);
        Deferred overloaded = Text().AddCallback(Console.Out.Write);
        Deferred block = Text().AddCallback(s => { Take(s); });
        Deferred<int> ignores = Text().AddCallback(() => 1);
        Deferred<int> gains = Plain().AddCallback(() => Number("x"));
        Deferred throws = Text().AddCallback(s => throw new BoomException());
        Assert.All<Deferred>([same, followed, waited, taken, mapped, followedGroup, waitedGroup, overloaded, block,
            ignores, gains], Probe.Succeeded);
        Probe.FailureOf<BoomException>(throws);
    }

    [Fact]
    public void Callbacks_as_async_lambdas()
    {
        Deferred<int> valued = Text().AddCallback(async s =>
        {
            await Plain();
            return s.Length;
        });
        Deferred plain = Text().AddCallback(async s => { await Plain(); });
        Deferred<int> gains = Plain().AddCallback(async () =>
        {
            await Plain();
            return 1;
        });
        Deferred stays = Plain().AddCallback(async () => { await Plain(); });
        Deferred<int> expression = Text().AddCallback(async s => await Number(s));
        Assert.All<Deferred>([valued, plain, gains, stays, expression], Probe.Succeeded);
    }

    [Fact]
    public void Errbacks()
    {
        Deferred<string> value = Text().AddErrback(e => "x");
        Deferred<string> followed = Text().AddErrback(e => Text());
        Deferred action = Text().AddErrback(e => Console.Out.Write(e));
        Deferred group = Text().AddErrback(TakeFailure);
        Deferred<string> valueGroup = Text().AddErrback(Rescue);
        Deferred<string> throws = Text().AddErrback(e => throw new BoomException(e.Message));
        Deferred<string> async1 = Text().AddErrback(async e =>
        {
            await Plain();
            return e.Message;
        });
        Deferred async2 = Text().AddErrback(async e => { await Plain(); });
        Deferred plainThrows = Plain().AddErrback(e => throw new BoomException());
        Assert.All<Deferred>([value, followed, action, group, valueGroup, throws, async1, async2, plainThrows],
            Probe.Succeeded);
    }

    [Fact]
    public void Typed_errbacks()
    {
        Deferred<string> explicitly = Text().AddErrback<TimeoutException>(_ => "x");
        Deferred<string> value = Text().AddErrback((TimeoutException e) => "x");
        Deferred<string> followed = Text().AddErrback((TimeoutException e) => Text());
        Deferred action = Text().AddErrback((TimeoutException e) => { TakeFailure(e); });
        Deferred plain = Plain().AddErrback((TimeoutException e) => { TakeFailure(e); });
        Deferred<string> throws = Text().AddErrback((TimeoutException e) => throw new BoomException());
        Deferred<string> async1 = Text().AddErrback(async (TimeoutException e) =>
        {
            await Plain();
            return "x";
        });
        Deferred async2 = Plain().AddErrback(async (TimeoutException e) => { await Plain(); });
        Assert.All<Deferred>([explicitly, value, followed, action, plain, throws, async1, async2], Probe.Succeeded);
    }

    [Fact]
    public void Links_for_both_ends()
    {
        Deferred action = Text().AddBoth(_ => Take("x"));
        Deferred<int> value = Text().AddBoth(o => o.IsSuccess ? 1 : 2);
        Deferred<int> followed = Text().AddBoth(o => Number("x"));
        Deferred async1 = Text().AddBoth(async o => { await Plain(); });
        Deferred<int> async2 = Text().AddBoth(async o =>
        {
            await Plain();
            return 1;
        });
        Deferred waited = Text().AddBoth(o => Plain());
        Deferred plainAction = Plain().AddBoth(o => Take("x"));
        Deferred plainAsync = Plain().AddBoth(async o => { await Plain(); });
        Deferred<string> cleanup = Text().Finally(() => Take("x"));
        Deferred<string> cleanupWaits = Text().Finally(Plain);
        Deferred<string> cleanupAsync = Text().Finally(async () => { await Plain(); });
        Deferred<int> two = Text().AddCallbacks(s => 1, e => 2);
        Deferred twoGroups = Text().AddCallbacks(Take, TakeFailure);
        Deferred twoActions = Text().AddCallbacks(s => Take(s), e => TakeFailure(e));
        Assert.All<Deferred>([action, value, followed, async1, async2, waited, plainAction, plainAsync, cleanup,
            cleanupWaits, cleanupAsync, two, twoGroups, twoActions], Probe.Succeeded);
    }

    [Fact]
    public void Ways_to_make_a_Deferred()
    {
        Deferred<string> tryAsync = Deferred.Try(async () =>
        {
            await Plain();
            return "x";
        });
        Deferred tryPlain = Deferred.Try(async () => { await Plain(); });
        Deferred<string> tryGroup = Deferred.Try(Text);
        Deferred<int> task = Deferred.FromTask(_ => Task.FromResult(1));
        Deferred plainTask = Deferred.FromTask(_ => Task.CompletedTask);
        Deferred<(int, string)> pair = Deferred.GatherResults(Number("x"), Text());
        Deferred<string[]> all = Deferred.GatherResults([Text(), Text()]);
        Deferred mixed = Deferred.GatherResults(new Deferred[] { Text(), Plain(), Number("x") });
        Deferred<Outcome<string>[]> list = Deferred.List([Text(), Text()]);
        Deferred<(int Index, string Value)> race = Deferred.Race([Text(), Text()]);
        Assert.All<Deferred>([tryAsync, tryPlain, tryGroup, task, plainTask, pair, all, mixed, list, race],
            Probe.Succeeded);
    }

    [Theory]
    [InlineData(typeof(Deferred), typeof(Func<Task>))]
    [InlineData(typeof(Deferred<string>), typeof(Func<string, Task>))]
    public void A_callback_that_returns_a_Task_is_a_compile_error(Type type, Type parameter)
    {
        var trap = type.GetMethod(nameof(Deferred.AddCallback), [parameter])!;
        var attribute = (ObsoleteAttribute)trap.GetCustomAttributes(typeof(ObsoleteAttribute), false).Single();
        Assert.True(attribute.IsError);
        Assert.Contains(nameof(Deferred.FromTask), attribute.Message);
    }

    [Fact]
    public void Callback_without_a_value_is_a_compile_error_where_one_is_needed()
    {
        var trap = typeof(Deferred<int>).GetMethod(nameof(Deferred.Callback), [])!;
        Assert.True(((ObsoleteAttribute)trap.GetCustomAttributes(typeof(ObsoleteAttribute), false).Single()).IsError);
    }
}
