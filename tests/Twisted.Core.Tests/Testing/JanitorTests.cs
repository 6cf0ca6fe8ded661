using Twisted.Testing;

namespace Twisted.Tests;

public class JanitorTests
{
    [Fact]
    public void A_tidy_test_leaves_nothing()
    {
        var net = new MemoryNetwork(new VirtualClock());
        IListeningPort? port = null;
        net.Server("echo").Listen(() => new Silent()).AddCallback(listening => { port = listening; });
        MemoryPeer peer = net.Connect("echo");
        peer.Close();
        port!.StopListening();
        net.Clock.Advance(TimeSpan.Zero);
        Janitor.AssertClean(net.Clock);
    }

    [Fact]
    public void Timers_connections_ports_and_lost_failures_are_listed()
    {
        var net = new MemoryNetwork(new VirtualClock());
        net.Clock.CallLater(TimeSpan.FromSeconds(3), Nothing);
        net.Clock.CallLater(TimeSpan.FromSeconds(4), () => Nothing());
        net.Server("echo").Listen(() => new Failing()).Forget();
        net.Connect("echo");
        var left = Assert.Throws<LeftoversException>(() => Janitor.AssertClean(net.Clock));
        Assert.Collection(left.Leftovers,
            line => Assert.Equal("a timer due at 00:00:03 that calls JanitorTests.Nothing", line),
            line => Assert.Equal("a timer due at 00:00:04 that calls a lambda in "
                + "Timers_connections_ports_and_lost_failures_are_listed of JanitorTests", line),
            line => Assert.StartsWith("a connection from 127.0.0.1:1024 to ", line, StringComparison.Ordinal),
            line => Assert.Equal("an open port 0.0.0.0:1024", line),
            line => Assert.Equal("failed Deferreds that nobody has looked at: 1", line));
        GC.KeepAlive(Failing.Kept);
    }

    [Fact]
    public void A_failure_that_was_only_logged_and_work_in_a_thread_are_left_over()
    {
        var clock = new VirtualClock();
        var reactor = new Logging(clock);
        reactor.CallInThread(() => { });
        reactor.Report(new InvalidDataException("first"), "user code");
        reactor.Report(new InvalidDataException("second"), "user code");
        var left = Assert.Throws<LeftoversException>(() => reactor.AssertClean());
        Assert.Collection(left.Leftovers,
            line => Assert.Equal("work in threads that has not ended: 1", line),
            line => Assert.Equal("failures that were only logged: 2, the first in user code: first", line));
    }

    [Fact]
    public void Only_reactors_of_this_library_can_be_asked()
    {
        Assert.Throws<ArgumentNullException>(() => Janitor.Leftovers((IReactor)null!));
    }

    private static void Nothing() { }

    /// <summary>A reactor that only logs what fails, as a real one does.</summary>
    private sealed class Logging(VirtualClock clock) : ReactorBase(new MemoryDriver(clock));

    private sealed class Silent : Protocol;

    private sealed class Failing : Protocol
    {
        internal static Deferred? Kept { get; private set; }

        protected override void ConnectionMade() => Kept = Deferred.Fail(new InvalidDataException("nobody looks"));
    }
}
