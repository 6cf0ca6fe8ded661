using Twisted.Testing;

namespace Twisted.Tests.Policies;

public sealed class IdleTimeoutTests : IDisposable
{
    private static readonly TimeSpan Five = TimeSpan.FromSeconds(5);

    private readonly VirtualClock _clock = new();
    private readonly IdleTimeout _idle;
    private int _expired;

    public IdleTimeoutTests() => _idle = new IdleTimeout(_clock, Five, () => _expired++);

    public void Dispose() => _idle.Dispose();

    [Fact]
    public void It_calls_once_when_the_time_is_over()
    {
        _clock.Advance(Five - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _expired);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _expired);
        _clock.Advance(Five * 10);
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void Reset_waits_anew()
    {
        for (int i = 0; i < 5; i++)
        {
            _clock.Advance(Five * 0.9);
            _idle.Reset();
        }
        Assert.Equal(0, _expired);
        _clock.Advance(Five);
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void A_new_one_in_its_place_has_its_own_time()
    {
        _clock.Advance(Five * 0.9);
        _idle.Dispose();
        using var next = new IdleTimeout(_clock, Five * 2, () => _expired += 10);
        _clock.Advance(Five * 2 - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _expired);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(10, _expired);
    }

    [Fact]
    public void Disposed_it_never_calls_and_that_may_be_repeated()
    {
        _idle.Dispose();
        _idle.Dispose();
        _idle.Reset();
        Assert.Empty(_clock.DelayedCalls);
        _clock.Advance(Five * 2);
        Assert.Equal(0, _expired);
    }

    [Fact]
    public void After_its_call_it_can_be_reset_and_disposed_in_vain()
    {
        _clock.Advance(Five);
        _idle.Reset();
        _idle.Dispose();
        _clock.Advance(Five * 2);
        Assert.Equal(1, _expired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void It_needs_a_time(int seconds) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new IdleTimeout(_clock, TimeSpan.FromSeconds(seconds), () => { }));
}
