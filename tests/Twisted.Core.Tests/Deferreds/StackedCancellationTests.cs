namespace Twisted.Tests;

/// <summary>
/// A method that is cancelled at its first or second await, alone or behind methods that await it, and what it may make
/// of that.
/// </summary>
public class StackedCancellationTests
{
    private readonly List<string> _seen = [];
    private readonly Deferred _later = new();

    public static TheoryData<int, bool> Places => new()
    {
        { 0, false },
        { 0, true },
        { 1, false },
        { 1, true },
        { 3, false },
        { 3, true },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void What_it_awaits_is_cancelled(int depth, bool atSecond)
    {
        Deferred<string> d = Run(depth, atSecond, failure => throw failure);
        Assert.Equal(["cancelled"], _seen);
        Probe.FailureOf<CancelledException>(d);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void It_may_fail_with_another_failure(int depth, bool atSecond) =>
        Probe.FailureOf<BoomException>(Run(depth, atSecond, _ => throw new BoomException()));

    [Theory]
    [MemberData(nameof(Places))]
    public void It_may_end_with_a_value(int depth, bool atSecond) =>
        Assert.Equal("rescued", Probe.ValueOf(Run(depth, atSecond, _ => Deferred.Succeed("rescued"))));

    [Theory]
    [MemberData(nameof(Places))]
    public void It_may_take_its_time_to_end(int depth, bool atSecond)
    {
        Deferred<string> d = Run(depth, atSecond, CleanUp);
        Assert.False(d.IsFired);
        _later.Callback();
        Assert.Equal("cleaned up", Probe.ValueOf(d));

        async Deferred<string> CleanUp(Exception failure)
        {
            await _later;
            return "cleaned up";
        }
    }

    /// <summary>A cancelled method under so many others.</summary>
    private Deferred<string> Run(int depth, bool atSecond, Func<CancelledException, Deferred<string>> cancelled)
    {
        Deferred<string> d = Stack(depth);
        d.Cancel();
        return d;

        async Deferred<string> Stack(int above)
        {
            if (above > 0)
                return await Stack(above - 1);
            try
            {
                if (atSecond)
                    await Deferred.Succeed();
                await new Deferred(_ => _seen.Add("cancelled"));
                return "not reached";
            }
            catch (CancelledException failure)
            {
                return await cancelled(failure);
            }
        }
    }
}
