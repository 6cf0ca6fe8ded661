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
        net.Clock.CallLater(TimeSpan.FromSeconds(3), () => { });
        net.Server("echo").Listen(() => new Failing()).Forget();
        net.Connect("echo");
        var left = Assert.Throws<LeftoversException>(() => Janitor.AssertClean(net.Clock));
        Assert.Collection(left.Leftovers,
            line => Assert.Equal("a timer due at 00:00:03", line),
            line => Assert.StartsWith("a connection from 127.0.0.1:1024 to ", line, StringComparison.Ordinal),
            line => Assert.Equal("an open port 0.0.0.0:1024", line),
            line => Assert.Equal("failed Deferreds that nobody has looked at: 1", line));
        GC.KeepAlive(Failing.Kept);
    }

    private sealed class Silent : Protocol;

    private sealed class Failing : Protocol
    {
        internal static Deferred? Kept { get; private set; }

        protected override void ConnectionMade() => Kept = Deferred.Fail(new InvalidDataException("nobody looks"));
    }
}
