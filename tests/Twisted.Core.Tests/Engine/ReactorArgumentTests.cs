using System.Net;
using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>What a reactor refuses, and in which words.</summary>
public class ReactorArgumentTests
{
    private readonly MemoryReactor _memory = new(new VirtualClock());

    private IReactor Loop => _memory.Reactor;

    private IReactorTcpOptions WithOptions => (IReactorTcpOptions)Loop;

    [Fact]
    public void A_call_that_is_missing_is_refused_at_once()
    {
        Action? action = null;
        Func<Deferred>? asynchronous = null;
        Refused("callback", () => Loop.CallFromThread(action!));
        Refused("callback", () => Loop.CallFromThread(asynchronous!));
        Refused("callback", () => Loop.CallInThread(null!));
        Refused("callback", () => Loop.CallWhenRunning(action!));
        Refused("callback", () => Loop.CallWhenRunning(asynchronous!));
        Refused("callback", () => Loop.CallLater(TimeSpan.Zero, action!));
        Refused("callback", () => Loop.CallLater(TimeSpan.Zero, asynchronous!));
        Refused("callback", () => Loop.CallLater<int>(TimeSpan.Zero, null!, 1));
        Refused("callback", () => Loop.TimeProvider.CreateTimer(null!, null, TimeSpan.Zero, TimeSpan.Zero));
        Refused("callback", () => _ = Loop.InvokeAsync<int>(null!));
        Refused("blocking", () => Loop.DeferToThread((Action)null!).Forget());
        Refused("blocking", () => Loop.DeferToThread((Func<int>)null!).Forget());
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public void A_port_that_cannot_be_is_refused()
    {
        var factory = Factory.For(() => new Silent());
        Refused("factory", () => Loop.ListenTcp(0, null!));
        Refused("options", () => WithOptions.ListenTcp(0, factory, options: null!));
        Refused("address", () => Loop.ListenTcp(0, factory, address: null!));
        Refused("protocol", () => Loop.ListenUdp(0, null!));
        OutOfRange("backlog", () => Loop.ListenTcp(0, factory, backlog: 0));
        OutOfRange("maxPacketSize", () => Loop.ListenUdp(0, new Packets(), maxPacketSize: 0));
        Assert.StartsWith("A port to listen on is 0 to 65535.",
            OutOfRange("port", () => Loop.ListenTcp(65536, factory)), StringComparison.Ordinal);
        OutOfRange("port", () => Loop.ListenTcp(-1, factory));
        Assert.Equal(65535, ((IPEndPoint)Loop.ListenTcp(65535, factory).Host).Port);
        Assert.StartsWith(
            "'here' is not an IPv4 or IPv6 address. Listening needs an address of this machine, not a name.",
            Assert.Throws<ArgumentException>("address", () => Loop.ListenTcp(0, factory, "here")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_destination_that_cannot_be_is_refused()
    {
        var factory = new Clients();
        Assert.Throws<ArgumentException>("host", () => Loop.ConnectTcp("", 1, factory));
        var withOptions = (IReactorTcpConnect)Loop;
        Refused("options", () => withOptions.ConnectTcp("127.0.0.1", 1, factory, options: null!));
        OutOfRange("timeout", () => Loop.ConnectTcp("127.0.0.1", 1, factory, TimeSpan.Zero));
        OutOfRange("port", () => Loop.ConnectTcp("127.0.0.1", 0, factory));
        Assert.StartsWith("A TCP port to connect to is 1 to 65535.",
            OutOfRange("port", () => Loop.ConnectTcp("127.0.0.1", 65536, factory)), StringComparison.Ordinal);
        IConnector connector = Loop.ConnectTcp("127.0.0.1", 65535, factory);
        Assert.Equal("Cannot connect: this connector is Connecting already.",
            Assert.Throws<InvalidOperationException>(connector.Connect).Message);
        connector.StopConnecting();
        Assert.Equal("User aborted the attempt to connect to 127.0.0.1:65535.", factory.Failed);
        Assert.Equal("Cannot stop connecting: this connector is Disconnected.",
            Assert.Throws<InvalidOperationException>(connector.StopConnecting).Message);
    }

    [Fact]
    public void A_connected_port_writes_to_its_peer_alone()
    {
        var packets = new Packets();
        Loop.ListenUdp(0, packets, "127.0.0.1");
        var peer = new IPEndPoint(IPAddress.Loopback, 7);
        var other = new IPEndPoint(IPAddress.Loopback, 8);
        var ofOtherFamily = new IPEndPoint(IPAddress.IPv6Loopback, 7);
        Refused("peer", () => packets.Port.Write([1], null!));
        Refused("peer", () => packets.Port.Connect(null!));
        Assert.Equal("This port is not connected: name the peer, or call Connect first.",
            Assert.Throws<InvalidOperationException>(() => packets.Port.Write([1])).Message);
        Assert.EndsWith($" cannot reach {ofOtherFamily}, an address of another family. Open the port with an IPv6 "
            + "address, such as \"::\".",
            Assert.Throws<ArgumentException>(() => packets.Port.Write([1], ofOtherFamily)).Message,
            StringComparison.Ordinal);
        packets.Port.Connect(peer);
        Assert.Equal($"This port is connected to {peer} already.",
            Assert.Throws<InvalidOperationException>(() => packets.Port.Connect(peer)).Message);
        Assert.Equal($"This port is connected to {peer}: it cannot write to {other}.",
            Assert.Throws<InvalidOperationException>(() => packets.Port.Write([1], other)).Message);
    }

    [Fact]
    public void A_port_of_IPv6_says_how_to_write_IPv4()
    {
        var packets = new Packets();
        Loop.ListenUdp(0, packets, "::1");
        Assert.EndsWith("Write IPv4 addresses as IPv6 (MapToIPv6).", Assert.Throws<ArgumentException>(
            () => packets.Port.Write([1], new IPEndPoint(IPAddress.Loopback, 7))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timer_that_is_over_says_why()
    {
        IDelayedCall cancelled = Loop.CallLater(TimeSpan.FromDays(1), () => { });
        cancelled.Cancel();
        Assert.Equal("This call was cancelled: schedule a new one with CallLater.",
            Assert.Throws<DelayedCallException>(() => cancelled.Reset(TimeSpan.Zero)).Message);
        IDelayedCall? running = null;
        running = Loop.CallLater(TimeSpan.Zero, () => Assert.False(running!.IsActive));
        Loop.CallLater(TimeSpan.FromSeconds(1), Loop.Stop);
        Loop.Run();
        Assert.Equal("This call has already run: schedule a new one with CallLater.",
            Assert.Throws<DelayedCallException>(() => running.Delay(TimeSpan.Zero)).Message);
    }

    [Fact]
    public void Stopping_twice_or_too_early_says_so()
    {
        Assert.Equal("Reactor is not running: there is nothing to stop.",
            Assert.Throws<ReactorNotRunningException>(Loop.Stop).Message);
        string again = "";
        Loop.CallWhenRunning(() =>
        {
            Loop.Stop();
            again = Assert.Throws<ReactorNotRunningException>(Loop.Stop).Message;
        });
        Loop.Run();
        Assert.Equal("Reactor is not running any more: it was told to stop already.", again);
    }

    [Fact]
    public void Events_and_phases_that_are_none_are_refused()
    {
        Assert.StartsWith("Use Before, During or After.", OutOfRange("phase", () =>
            Loop.AddSystemEventTrigger((TriggerPhase)9, SystemEvent.Shutdown, () => { })), StringComparison.Ordinal);
        Assert.StartsWith("Use Startup or Shutdown.", OutOfRange("systemEvent", () =>
            Loop.AddSystemEventTrigger(TriggerPhase.Before, (SystemEvent)9, () => { })), StringComparison.Ordinal);
    }

    private static void Refused(string parameter, Action call) =>
        Assert.Throws<ArgumentNullException>(parameter, call);

    private static string OutOfRange(string parameter, Action call) =>
        Assert.Throws<ArgumentOutOfRangeException>(parameter, call).Message;

    private sealed class Silent : Protocol;

    private sealed class Packets : DatagramProtocol
    {
        internal IDatagramTransport Port => Transport;

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) { }
    }

    private sealed class Clients : ClientFactory
    {
        internal string Failed { get; private set; } = "";

        public override IProtocol BuildProtocol(EndPoint peer) => new Silent();

        protected override void ClientConnectionFailed(IConnector connector, Exception reason) =>
            Failed = reason.Message;
    }
}
