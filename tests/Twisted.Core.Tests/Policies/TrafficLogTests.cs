using System.Buffers.Binary;
using System.Net;
using Twisted.Testing;

namespace Twisted.Tests.Policies;

public class TrafficLogTests
{
    private readonly VirtualClock _clock = new();

    private sealed class Answering : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            "answer\r\n\0\u00e9"u8.CopyTo(Transport.GetSpan(11));
            Transport.Advance(11);
        }
    }

    private StringTransport Connect(ITrafficLog log)
    {
        var factory = new TrafficLoggingFactory(Factory.For(() => new Answering()), log);
        return StringTransport.Connect(factory.BuildProtocol(null!)!);
    }

    [Fact]
    public void Text_has_a_line_for_each_event_and_no_byte_of_the_peers_is_a_line_end()
    {
        var output = new StringWriter { NewLine = "\n" };
        StringTransport transport = Connect(new TextTrafficLog(output, _clock));
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        transport.Receive("a\\b\r\n\x1b");
        transport.Disconnect(new ConnectionLostException("gone\r\n"));
        Assert.Equal("""
            0.000000 #1 connected 192.0.2.2:1234 to 192.0.2.1:54321
            1.500000 #1 received 6: a\\b\r\n\x1b
            1.500000 #1 sent 11: answer\r\n\x00\xc3\xa9
            1.500000 #1 closed: gone\r\n

            """.ReplaceLineEndings("\n"), output.ToString());
        Assert.Equal("answer\r\n\0\u00e9", transport.Text);
    }

    [Fact]
    public void A_capture_has_a_handshake_the_bytes_and_an_end_in_whole_blocks()
    {
        var output = new MemoryStream();
        StringTransport transport = Connect(new PcapngTrafficLog(output, _clock));
        transport.Receive("hello");
        transport.Disconnect(new ConnectionDoneException());
        byte[] file = output.ToArray();
        var types = new List<uint>();
        for (int at = 0; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            Assert.Equal(0, length % 4);
            Assert.Equal(length, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + length - 4)));
            types.Add(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)));
            at += length;
        }
        // The section, the interface, three packets to begin with, one each way, three for the end.
        Assert.Equal([0x0A0D0D0A, 1, .. Enumerable.Repeat(6u, 8)], types);
        Assert.True(file.AsSpan().IndexOf("hello"u8) > 0);
    }

    [Fact]
    public void A_log_that_fails_is_reported_once_and_the_connection_goes_on()
    {
        var net = new MemoryNetwork(new VirtualClock());
        var reported = new List<UnhandledFailure>();
        net.Reactor.UnhandledFailure += reported.Add;
        var factory = new TrafficLoggingFactory(Factory.For(() => new Answering()), new FullDisk());
        net.Server("it").Listen(factory).Forget();
        MemoryPeer peer = net.Connect("it");
        peer.Send("a");
        peer.Send("b");
        Assert.Equal(2, peer.Received.Split("answer").Length - 1);
        Assert.IsType<IOException>(Assert.Single(reported).Exception);
        peer.Close();
    }

    private sealed class FullDisk : ITrafficLog
    {
        public void Connected(long connection, EndPoint host, EndPoint peer) { }

        public void Received(long connection, ReadOnlySpan<byte> data) => throw new IOException("No space left.");

        public void Sent(long connection, ReadOnlySpan<byte> data) { }

        public void Disconnected(long connection, Exception reason) { }
    }
}
