using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>A number that is closed and opened again while events of one poll are raised.</summary>
[Collection(AloneTests.Name)] // a test beside it would take the number that is to be used again
public class DescriptorReuseTests : FaultTests
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
        Assert.True(poller.Poll(TimeSpan.Zero));
        Assert.Equal(number, reborn!.Fd);
        Assert.Equal(1, first.Events + second.Events);
        Assert.Equal(0, reborn.Events);
        reborn.Raise();
        poller.Poll(TimeSpan.Zero);
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

    [Fact]
    public void Connections_closed_and_accepted_inside_callbacks_never_see_each_others_bytes() => Run(async reactor =>
    {
        const int clients = 100;
        const int rounds = 10;
        var open = new List<Labelled>();
        int strange = 0;
        IListeningPort port = reactor.ListenTcp(
            0, Factory.For(() => new Labelled(open, () => strange++)), "127.0.0.1", backlog: 1024);
        for (int round = 0; round < rounds; round++)
        {
            Probe[] probes = [.. Enumerable.Range(0, clients).Select(_ => Dial(reactor, port.Host.Port))];
            await Deferred.GatherResults(probes.Select(probe => probe.Made));
            byte label = (byte)round;
            foreach (Probe probe in probes)
                probe.Transport.Write([label, label, label]);
            // New ones wait at the port in the same poll in which the old are read and close each other.
            Probe[] next = [.. Enumerable.Range(0, clients / 2).Select(_ => Dial(reactor, port.Host.Port))];
            await Deferred.GatherResults(next.Select(probe => probe.Made));
            foreach (Probe probe in next)
                probe.Transport.Write([(byte)(label + 100)]);
            await Until(reactor, () => probes.All(probe => probe.Received.Count > 0 || probe.LostCount > 0));
            foreach (Probe probe in probes.Concat(next))
                probe.Transport.AbortConnection();
            await Until(reactor, () => open.Count == 0);
        }
        Assert.Equal(0, strange);
    });

    /// <summary>All its bytes are alike; when it gets some it closes the oldest other one at once.</summary>
    private sealed class Labelled(List<Labelled> open, Action strange) : Protocol
    {
        private int _label = -1;

        protected override void ConnectionMade() => open.Add(this);

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            if (_label < 0)
                _label = data[0];
            if (data.ContainsAnyExcept((byte)_label))
                strange();
            Transport.Write(data);
            if (open.Find(other => other != this) is { } victim)
                victim.Transport.LoseConnection();
        }

        protected override void ConnectionLost(Exception reason) => open.Remove(this);
    }
}
