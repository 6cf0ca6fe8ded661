using System.Net;

namespace Twisted.Tests;

/// <summary>The life of a datagram port, call by call.</summary>
public class DatagramPortTests : EngineTest
{
    private readonly ScriptedDatagrams _socket = new();
    private readonly PacketRecorder _packets = new();

    private UdpPort Make() => new(Loop, () => _socket, _packets, 8192);

    private UdpPort Listen()
    {
        UdpPort port = Make();
        port.StartListening();
        return port;
    }

    [Fact]
    public void A_port_tells_when_it_opens_and_has_a_host_from_then_on()
    {
        UdpPort port = Make();
        Assert.Equal("This port has never been open.",
            Assert.Throws<InvalidOperationException>(() => port.Host).Message);
        port.StartListening();
        Assert.Equal([$"{_packets} starting on 127.0.0.1:1000"], Lines);
        Assert.Equal(ScriptedDriver.Here, port.Host);
        Assert.Equal("The port 127.0.0.1:1000 is open already.",
            Assert.Throws<InvalidOperationException>(port.StartListening).Message);
        Assert.Equal(["start"], _packets.Heard);
    }

    [Fact]
    public void A_port_that_is_closed_hears_nothing_more_and_can_be_opened_again()
    {
        UdpPort port = Listen();
        port.CloseNow();
        Assert.Null(_socket.Readable);
        Assert.Equal(1, _socket.Closes);
        Assert.Empty(Loop.Ports);
        port.CloseNow();
        Assert.Equal(["start", "stop"], _packets.Heard);
        port.Write([1], ScriptedDriver.There); // as if the network had lost it
        port.StartListening();
        Assert.NotNull(_socket.Readable);
        Assert.Equal(["start", "stop", "start"], _packets.Heard);
        Assert.Empty(_socket.Sent);
    }

    [Fact]
    public void A_protocol_may_close_its_port_as_it_opens()
    {
        _packets.OnStart = port => port.StopListening().Forget();
        Listen();
        Assert.Null(_socket.Readable);
        Assert.Equal(1, _socket.Closes);
        Step();
        Assert.Equal(["start", "stop"], _packets.Heard);
    }

    [Fact]
    public void A_protocol_that_cannot_start_leaves_no_port_open()
    {
        _packets.OnStart = _ => throw new NotSupportedException();
        Assert.Throws<NotSupportedException>(() => Listen());
        Assert.Equal(1, _socket.Closes);
        Assert.Empty(Loop.Ports);
    }

    [Fact]
    public void A_port_that_cannot_be_watched_is_closed_again()
    {
        _socket.IsUnwatchable = true;
        CannotListenException failure = Assert.Throws<CannotListenException>(() => Listen());
        Assert.Equal("Couldn't listen on 127.0.0.1:1000: No space left on device", failure.Message);
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Equal(1, _socket.Closes);
        Assert.Empty(Loop.Ports);
        Assert.Equal(["start", "stop"], _packets.Heard);
    }

    [Fact]
    public void Stopping_twice_gives_the_same_Deferred_until_it_has_stopped()
    {
        UdpPort port = Listen();
        Deferred first = port.StopListening();
        Assert.Same(first, port.StopListening());
        Assert.Equal(["start"], _packets.Heard);
        Step();
        Assert.True(first.IsFired);
        Assert.True(port.StopListening().IsFired);
        Assert.Equal(["start", "stop"], _packets.Heard);
    }

    [Fact]
    public void A_protocol_that_cannot_stop_is_reported_and_its_port_closed()
    {
        _packets.OnStop = () => throw new NotSupportedException();
        Deferred stopped = Listen().StopListening();
        Step();
        Assert.True(stopped.IsFired);
        Assert.Equal("Unhandled error in StopProtocol", Lines.Last());
    }

    [Fact]
    public void Disposal_on_the_reactor_thread_closes_at_once()
    {
        UdpPort port = Listen();
        ValueTask closed = port.DisposeAsync();
        Assert.Equal(1, _socket.Closes);
        Step();
        Assert.True(closed.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Disposal_on_another_thread_closes_on_the_reactors()
    {
        UdpPort port = Listen();
        Loop.Leave();
        Task closed = port.DisposeAsync().AsTask();
        Assert.Equal(0, _socket.Closes);
        Loop.Enter();
        Step();
        Step();
        Loop.Leave();
        Assert.Equal(1, _socket.Closes);
        await closed;
    }

    [Fact]
    public void Disposal_when_nothing_runs_closes_at_once()
    {
        UdpPort port = Listen();
        Loop.Crash();
        Loop.Leave();
        ValueTask closed = port.DisposeAsync();
        Assert.Equal(1, _socket.Closes);
        Assert.False(closed.IsCompleted); // its protocol hears of it in an iteration, of which there is none
    }

    [Fact]
    public void A_connected_port_hears_its_peer_and_writes_to_it_until_it_is_opened_again()
    {
        UdpPort port = Listen();
        port.Connect(ScriptedDriver.There);
        port.Write("1"u8);
        port.Write("12"u8, ScriptedDriver.There);
        Assert.Equal([(1, null), (2, null)], _socket.Sent);
        _socket.Input.Enqueue([1]);
        _socket.Readable!();
        Assert.Equal(ScriptedDriver.There, _packets.From);
        port.CloseNow();
        port.StartListening();
        port.Write("123"u8, ScriptedDriver.There);
        Assert.Equal((3, ScriptedDriver.There), _socket.Sent[^1]);
    }

    [Fact]
    public void A_port_has_the_abilities_of_its_socket_while_it_is_open()
    {
        UdpPort plain = Listen();
        Assert.Null(plain.Get<IUdpTransport>());
        Assert.Same(plain, plain.Get<IDatagramTransport>());
        Assert.Same(_socket, plain.Get<ScriptedDatagrams>());
        Assert.Null(plain.Get<ITransport>());

        var socket = new ScriptedUdp();
        var port = new UdpPort(Loop, () => socket, _packets, 8192);
        port.BroadcastAllowed = true; // it is not open: nobody is there to be told
        port.StartListening();
        IUdpTransport udp = Assert.IsType<IUdpTransport>(port.Get<IUdpTransport>(), exactMatch: false);
        Assert.False(udp.BroadcastAllowed);
        udp.BroadcastAllowed = true;
        Assert.True(udp.BroadcastAllowed);
        Assert.True(socket.BroadcastAllowed);
        Assert.Same(port, port.Get<IDatagramTransport>());
        port.CloseNow();
        Assert.False(udp.BroadcastAllowed);
        Assert.Null(port.Get<IUdpTransport>());
        Assert.Same(port, port.Get<IDatagramTransport>());
    }

    private sealed class ScriptedUdp : ScriptedDatagrams, IUdpSocket
    {
        public bool BroadcastAllowed { get; set; }

        public int MulticastTimeToLive { get; set; }

        public bool MulticastLoopback { get; set; }

        public bool SetMulticastInterface(string networkInterface) => false;

        public bool SetMembership(IPAddress group, string networkInterface, bool joined) => false;
    }
}
