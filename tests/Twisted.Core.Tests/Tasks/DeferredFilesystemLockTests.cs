using Twisted.Testing;

namespace Twisted.Tests;

public class DeferredFilesystemLockTests
{
    private readonly VirtualClock _clock = new();
    private readonly OtherProgramsLock _file = new();
    private readonly DeferredFilesystemLock _lock;

    public DeferredFilesystemLockTests() => _lock = new DeferredFilesystemLock(_clock, _file);

    /// <summary>A lock that another program may hold.</summary>
    private sealed class OtherProgramsLock : IFilesystemLock
    {
        public string Path => "/run/printer.lock";

        public bool IsLocked { get; private set; }

        internal bool IsTaken { get; set; }

        internal Exception? Failure { get; set; }

        public bool TryLock()
        {
            if (Failure is not null)
                throw Failure;
            if (IsTaken || IsLocked)
                return false;
            return IsLocked = true;
        }

        public void Unlock() => IsLocked = false;
    }

    [Fact]
    public void A_free_lock_is_held_at_once()
    {
        Probe.Succeeded(_lock.DeferUntilLocked(TimeSpan.FromSeconds(5)));
        Assert.True(_lock.IsLocked);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void It_is_looked_at_once_a_second_until_it_is_free()
    {
        _file.IsTaken = true;
        Deferred locked = _lock.DeferUntilLocked(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(3.5));
        Assert.False(locked.IsFired);
        _file.IsTaken = false;
        _clock.Advance(TimeSpan.FromSeconds(0.4));
        Assert.False(locked.IsFired);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Probe.Succeeded(locked);
        Assert.True(_lock.IsLocked);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void After_the_timeout_it_fails_and_looks_no_more()
    {
        _file.IsTaken = true;
        Deferred locked = _lock.DeferUntilLocked(TimeSpan.FromSeconds(5.5));
        _clock.Advance(TimeSpan.FromSeconds(5.5));
        TimeoutException failure = Probe.FailureOf<TimeoutException>(locked);
        Assert.Contains("/run/printer.lock", failure.Message, StringComparison.Ordinal);
        Assert.Contains("5.5 s", failure.Message, StringComparison.Ordinal);
        Assert.False(_lock.IsLocked);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void A_second_wait_beside_the_first_fails_and_the_first_goes_on()
    {
        _file.IsTaken = true;
        Deferred first = _lock.DeferUntilLocked();
        Probe.FailureOf<InvalidOperationException>(_lock.DeferUntilLocked());
        _file.IsTaken = false;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Probe.Succeeded(first);
    }

    [Fact]
    public void It_can_be_used_again_and_again()
    {
        for (int i = 0; i < 3; i++)
        {
            Probe.Succeeded(_lock.DeferUntilLocked());
            Assert.True(_lock.IsLocked);
            _lock.Unlock();
            Assert.False(_lock.IsLocked);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10.0)]
    public void A_cancelled_wait_leaves_no_timer_and_another_may_begin(double? seconds)
    {
        _file.IsTaken = true;
        Deferred locked = _lock.DeferUntilLocked(seconds is { } limit ? TimeSpan.FromSeconds(limit) : null);
        locked.Cancel();
        Probe.FailureOf<CancelledException>(locked);
        Assert.Empty(_clock.DelayedCalls);
        _file.IsTaken = false;
        Probe.Succeeded(_lock.DeferUntilLocked());
    }

    [Fact]
    public void A_lock_that_cannot_be_made_fails_the_wait()
    {
        _file.IsTaken = true;
        Deferred locked = _lock.DeferUntilLocked(TimeSpan.FromSeconds(10));
        _file.Failure = new IOException("no such folder");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(_file.Failure, Probe.FailureOf<IOException>(locked));
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void A_negative_timeout_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _lock.DeferUntilLocked(TimeSpan.FromSeconds(-1)));
}
