using System.Net.Sockets;

namespace Twisted.Tests;

/// <summary>What a datagram port receives and sends, call by call.</summary>
public class DatagramTrafficTests : EngineTest
{
    private readonly ScriptedDatagrams _socket = new();
    private readonly PacketRecorder _packets = new();

    private UdpPort Listen(int maxPacketSize = 8192)
    {
        var port = new UdpPort(Loop, () => _socket, _packets, maxPacketSize);
        port.StartListening();
        return port;
    }

    /// <summary>So many datagrams of this length come.</summary>
    private void Receive(int count, int length)
    {
        byte[] data = new byte[length];
        for (int i = 0; i < count; i++)
            _socket.Input.Enqueue(data);
        _socket.Readable!();
    }

    private void FailToSend(SocketError kind, string text)
    {
        _socket.SendResult = ISocketDriver.Failed;
        _socket.Failure = new OsFailure(kind, 1, text);
    }

    [Fact]
    public void A_datagram_is_cut_to_the_size_that_was_asked_for_and_to_the_buffer()
    {
        Listen(10);
        Receive(1, 11);
        _packets.Port.StopListening().Forget();
        Step();
        Listen(int.MaxValue);
        Receive(1, 70_000);
        Assert.Equal([10, 65536], _packets.Lengths);
    }

    [Fact]
    public void A_flood_is_left_for_the_next_poll_after_a_quarter_of_a_megabyte()
    {
        Listen(int.MaxValue);
        Receive(6, 65536);
        Assert.Equal(4, _socket.Receives);
        Assert.Equal(4, _packets.Lengths.Count);
        _socket.Readable!();
        Assert.Equal(6, _packets.Lengths.Count);
        Assert.Equal(6 * 65536, Loop.Bytes.DatagramsReceived);
    }

    [Fact]
    public void A_flood_of_empty_datagrams_is_a_flood_as_well()
    {
        Listen();
        Receive(256 * 1024 + 1, 0);
        Assert.Single(_socket.Input);
        Assert.Equal(0, Loop.Bytes.DatagramsReceived);
    }

    [Fact]
    public void A_datagram_that_its_protocol_fails_on_is_reported_and_the_next_one_heard()
    {
        _packets.OnData = () => throw new NotSupportedException();
        Listen();
        Receive(2, 1);
        Assert.Equal(2, _packets.Lengths.Count);
        Assert.Equal(2, Lines.Count(line => line == "Unhandled error in DatagramReceived"));
    }

    [Fact]
    public void What_was_sent_is_counted_and_what_is_dropped_is_not()
    {
        UdpPort port = Listen();
        port.Write("12345"u8, ScriptedDriver.There);
        Assert.Equal((5, ScriptedDriver.There), _socket.Sent.Single());
        _socket.SendResult = ISocketDriver.WouldBlock;
        port.Write("12345"u8, ScriptedDriver.There);
        FailToSend(SocketError.HostUnreachable, "No route to host");
        port.Write("12345"u8, ScriptedDriver.There);
        Step();
        Assert.Equal(5, Loop.Bytes.DatagramsSent);
        Assert.Equal(["start"], _packets.Heard);
        Assert.Equal(0, Loop.FailuresReported);
    }

    [Fact]
    public void A_write_that_succeeds_or_is_dropped_looks_at_no_older_failure()
    {
        UdpPort port = Listen();
        _socket.Failure = new OsFailure(SocketError.ConnectionRefused, 111, "Connection refused");
        port.Write("12345"u8, ScriptedDriver.There);
        _socket.SendResult = ISocketDriver.WouldBlock;
        port.Write("12345"u8, ScriptedDriver.There);
        Step();
        Assert.Equal(["start"], _packets.Heard);
    }

    [Fact]
    public void What_the_system_refuses_to_send_is_told_to_who_wrote_it()
    {
        UdpPort port = Listen();
        FailToSend(SocketError.MessageSize, "Message too long");
        Assert.Equal("A datagram of 3 bytes is longer than the network carries.",
            Assert.Throws<MessageLengthException>(() => port.Write("123"u8, ScriptedDriver.There)).Message);
        FailToSend(SocketError.AccessDenied, "Permission denied");
        Assert.Equal("Not allowed to send to 127.0.0.1:2000: Permission denied. For a broadcast address set "
            + "IUdpTransport.BroadcastAllowed first.",
            Assert.Throws<InvalidOperationException>(() => port.Write("123"u8, ScriptedDriver.There)).Message);
        port.Connect(ScriptedDriver.There);
        Assert.StartsWith("Not allowed to send to its peer: Permission denied. ",
            Assert.Throws<InvalidOperationException>(() => port.Write("123"u8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_that_a_write_meets_is_told_after_the_write()
    {
        UdpPort port = Listen();
        port.Connect(ScriptedDriver.There);
        FailToSend(SocketError.ConnectionRefused, "Connection refused");
        port.Write("123"u8);
        Assert.Equal(["start"], _packets.Heard);
        Step();
        Assert.Equal(["start", "refused"], _packets.Heard);
    }

    [Fact]
    public void A_refusal_that_comes_is_told_and_the_rest_left_for_the_next_poll()
    {
        _packets.OnRefused = () => throw new NotSupportedException();
        Listen();
        _socket.Input.Enqueue(null);
        Receive(1, 3);
        Assert.Equal(["start", "refused"], _packets.Heard);
        Assert.Equal("Unhandled error in ConnectionRefused", Lines.Last());
        _socket.Readable!();
        Assert.Equal([3], _packets.Lengths);
        _socket.Failure = new OsFailure(SocketError.HostUnreachable, 113, "No route to host");
        _socket.Input.Enqueue(null);
        _socket.Readable!();
        Assert.Equal(["start", "refused"], _packets.Heard);
    }

    [Fact]
    public void What_is_written_to_a_connection_when_a_datagram_is_refused_goes_out_at_once()
    {
        var stream = new ScriptedSocket();
        Driver.Sockets.Enqueue(stream);
        var client = new Recorder();
        Loop.ConnectTcp("127.0.0.1", 2000, ClientFactory.For(() => client));
        Step();
        stream.Events!.OnWritable();
        _packets.OnRefused = () => client.Line.Write("refused"u8);
        Listen();
        _socket.Input.Enqueue(null);
        _socket.Readable!();
        Assert.Equal(["refused"], stream.Sent);
    }

    [Fact]
    public void Datagrams_that_take_long_are_named_as_such()
    {
        var stalls = new List<string>();
        Loop.WatchStalls(TimeSpan.FromMilliseconds(1), null, stall => stalls.Add(stall.Callback));
        _packets.OnData = () => Driver.Time.MoveTo(Driver.Time.Elapsed + TimeSpan.FromSeconds(1));
        Listen();
        Receive(1, 1);
        Assert.Equal([$"{typeof(PacketRecorder)}: datagrams"], stalls);
    }
}
