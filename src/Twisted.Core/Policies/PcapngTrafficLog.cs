using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>The traffic as a capture file that Wireshark and tshark open.</summary>
/// <remarks>
/// <para>
/// The packets are made up around the bytes: a TCP handshake, segments in the order in which the program saw them, and
/// an end. So what was encrypted on the wire can be read, and there are no retransmissions. A connection without IP
/// addresses gets addresses of the documentation's own (RFC 5737).
/// </para>
/// <para>Format: draft-ietf-opsawg-pcapng, with raw IP packets (LINKTYPE_RAW) and times in microseconds.</para>
/// </remarks>
public sealed class PcapngTrafficLog : ITrafficLog
{
    private const int LinkTypeRaw = 101;
    private const int MaxSegment = 32 * 1024; // an IPv4 packet has at most 65,535 bytes with its headers

    private static readonly IPEndPoint UnknownHost = new(IPAddress.Parse("192.0.2.1"), 1);
    private static readonly IPEndPoint UnknownPeer = new(IPAddress.Parse("192.0.2.2"), 2);

    private readonly Stream _output;
    private readonly IReactorTime _reactor;
    private readonly Dictionary<long, SyntheticTcp> _connections = [];

    /// <summary>Begins a capture file.</summary>
    /// <param name="output">Not closed here; flushed after each event.</param>
    /// <param name="reactor">The clock; its TimeProvider tells the date.</param>
    public PcapngTrafficLog(Stream output, IReactorTime reactor)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(reactor);
        _output = output;
        _reactor = reactor;
        WriteSectionHeader();
        WriteInterface();
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Connected(long connection, EndPoint host, EndPoint peer)
    {
        IPEndPoint local = host as IPEndPoint ?? UnknownHost;
        IPEndPoint remote = peer as IPEndPoint ?? UnknownPeer;
        if (local.AddressFamily != remote.AddressFamily)
            (local, remote) = (UnknownHost, UnknownPeer);
        var tcp = new SyntheticTcp(local, remote);
        _connections[connection] = tcp;
        // Who called whom is not known here: the peer is shown as the caller.
        WritePacket(tcp.FromPeer(TcpFlags.Syn, default));
        WritePacket(tcp.FromHost(TcpFlags.Syn | TcpFlags.Ack, default));
        WritePacket(tcp.FromPeer(TcpFlags.Ack, default));
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Received(long connection, ReadOnlySpan<byte> data) => Write(connection, data, fromPeer: true);

    /// <inheritdoc/>
    public void Sent(long connection, ReadOnlySpan<byte> data) => Write(connection, data, fromPeer: false);

    /// <inheritdoc/>
    public void Disconnected(long connection, Exception reason)
    {
        if (!_connections.Remove(connection, out SyntheticTcp? tcp))
            return;
        if (reason is ConnectionDoneException)
        {
            WritePacket(tcp.FromPeer(TcpFlags.Fin | TcpFlags.Ack, default));
            WritePacket(tcp.FromHost(TcpFlags.Fin | TcpFlags.Ack, default));
            WritePacket(tcp.FromPeer(TcpFlags.Ack, default));
        }
        else
            WritePacket(tcp.FromPeer(TcpFlags.Rst | TcpFlags.Ack, default));
        _output.Flush();
    }

    private void Write(long connection, ReadOnlySpan<byte> data, bool fromPeer)
    {
        if (!_connections.TryGetValue(connection, out SyntheticTcp? tcp))
            return;
        for (; !data.IsEmpty; data = data[Math.Min(data.Length, MaxSegment)..])
        {
            ReadOnlySpan<byte> segment = data[..Math.Min(data.Length, MaxSegment)];
            const TcpFlags flags = TcpFlags.Push | TcpFlags.Ack;
            WritePacket(fromPeer ? tcp.FromPeer(flags, segment) : tcp.FromHost(flags, segment));
        }
        _output.Flush();
    }

    private void WriteSectionHeader()
    {
        Span<byte> body = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(body, 0x1A2B3C4D); // tells the byte order
        BinaryPrimitives.WriteUInt16LittleEndian(body[4..], 1);     // version 1.0
        BinaryPrimitives.WriteInt64LittleEndian(body[8..], -1);     // the section's length is not known
        WriteBlock(0x0A0D0D0A, body);
    }

    private void WriteInterface()
    {
        Span<byte> body = stackalloc byte[8];
        body.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(body, LinkTypeRaw); // then: no limit of packet lengths
        WriteBlock(1, body);
    }

    private void WritePacket(ReadOnlySpan<byte> packet)
    {
        long time = (_reactor.TimeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        byte[] body = new byte[20 + packet.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), (uint)(time >> 32)); // before it: interface 0
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(8), (uint)time);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(12), packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(16), packet.Length);
        packet.CopyTo(body.AsSpan(20));
        WriteBlock(6, body);
    }

    private void WriteBlock(uint type, ReadOnlySpan<byte> body)
    {
        int padding = -body.Length & 3;
        int length = 12 + body.Length + padding;
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(number, type);
        BinaryPrimitives.WriteInt32LittleEndian(number[4..], length);
        _output.Write(number);
        _output.Write(body);
        number[..4].Clear();
        _output.Write(number[..padding]);
        BinaryPrimitives.WriteInt32LittleEndian(number, length);
        _output.Write(number[..4]);
    }
}
