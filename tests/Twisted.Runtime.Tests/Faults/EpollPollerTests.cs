namespace Twisted.Tests;

/// <summary>The poller by itself.</summary>
[Collection(AloneTests.Name)] // a test beside it would take the number that is to be used again
public class EpollPollerTests
{
    [Fact]
    public void An_event_of_a_closed_descriptor_is_not_raised_on_the_next_of_its_number()
    {
        using var poller = new EpollPoller();
        var second = new Counter(poller);
        var first = new Counter(poller);
        Counter? reborn = null;
        int number = second.Fd;
        first.OnEvent = second.OnEvent = () =>
        {
            // Whichever comes first closes the other and takes its number.
            Counter other = first.Events == 1 ? second : first;
            number = other.Fd;
            other.Close();
            reborn ??= new Counter(poller);
        };
        first.Raise();
        second.Raise();
        Assert.True(poller.Poll(TimeSpan.Zero, new BusyTime(TimeProvider.System, ReactorMeter.BusyTime)));
        Assert.Equal(number, reborn!.Fd);
        Assert.Equal(1, first.Events + second.Events);
        Assert.Equal(0, reborn.Events);
        reborn.Raise();
        poller.Poll(TimeSpan.Zero, new BusyTime(TimeProvider.System, ReactorMeter.BusyTime));
        Assert.Equal(1, reborn.Events);
        reborn.Close();
    }

    /// <summary>An eventfd that counts its events.</summary>
    private sealed unsafe class Counter : EpollSource
    {
        internal Counter(EpollPoller poller) : base(poller, Libc.EventFd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK)) =>
            Watch(Linux.EPOLLIN);

        internal int Events { get; private set; }

        internal Action? OnEvent { get; set; }

        internal void Raise()
        {
            ulong one = 1;
            Assert.Equal(sizeof(ulong), (int)Libc.Write(Fd, &one, sizeof(ulong)));
        }

        internal void Close() => CloseDescriptor();

        internal override void OnEvents(uint events)
        {
            Events++;
            OnEvent?.Invoke();
        }
    }
}
