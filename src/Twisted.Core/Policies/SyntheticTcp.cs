using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Twisted.Protocols;

/// <summary>Makes up the IP packets of one TCP connection, with numbers and checksums that are right.</summary>
internal sealed class SyntheticTcp(IPEndPoint host, IPEndPoint peer)
{
    private const int TcpHeader = 20;
    private const byte TcpProtocol = 6;

    private uint _sentByHost = 1000;
    private uint _sentByPeer = 2000;

    internal byte[] FromHost(TcpFlags flags, ReadOnlySpan<byte> data) =>
        Packet(host, peer, ref _sentByHost, _sentByPeer, flags, data);

    internal byte[] FromPeer(TcpFlags flags, ReadOnlySpan<byte> data) =>
        Packet(peer, host, ref _sentByPeer, _sentByHost, flags, data);

    private static byte[] Packet(IPEndPoint from, IPEndPoint to, ref uint sequence, uint acknowledged, TcpFlags flags,
        ReadOnlySpan<byte> data)
    {
        bool isV4 = from.AddressFamily == AddressFamily.InterNetwork;
        int ipHeader = isV4 ? 20 : 40;
        byte[] packet = new byte[ipHeader + TcpHeader + data.Length];
        Span<byte> tcp = packet.AsSpan(ipHeader);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        if ((flags & TcpFlags.Ack) != 0)
            BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledged);
        tcp[12] = TcpHeader / 4 << 4;
        tcp[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue); // the window
        data.CopyTo(tcp[TcpHeader..]);
        if (isV4)
            WriteV4(packet, from.Address, to.Address);
        else
            WriteV6(packet, from.Address, to.Address);
        // The pseudo header: both addresses, which lie side by side, then the protocol and the length (RFC 9293, 3.1).
        ReadOnlySpan<byte> addresses = isV4 ? packet.AsSpan(12, 8) : packet.AsSpan(8, 32);
        uint sum = Sum(addresses) + TcpProtocol + (uint)tcp.Length + Sum(tcp);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Fold(sum));
        bool takesANumber = (flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0;
        sequence += (uint)data.Length + (takesANumber ? 1u : 0);
        return packet;
    }

    private static void WriteV4(Span<byte> packet, IPAddress from, IPAddress to)
    {
        packet[0] = 0x45; // version 4, five words (RFC 791, 3.1)
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = TcpProtocol;
        from.TryWriteBytes(packet[12..], out _);
        to.TryWriteBytes(packet[16..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Fold(Sum(packet[..20])));
    }

    private static void WriteV6(Span<byte> packet, IPAddress from, IPAddress to)
    {
        packet[0] = 0x60; // version 6 (RFC 8200, 3)
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - 40));
        packet[6] = TcpProtocol;
        packet[7] = 64;
        from.TryWriteBytes(packet[8..], out _);
        to.TryWriteBytes(packet[24..], out _);
    }

    /// <summary>The sum of 16-bit words (RFC 1071); so few that 32 bits do not overflow.</summary>
    private static uint Sum(ReadOnlySpan<byte> data)
    {
        uint sum = 0;
        int i = 0;
        for (; i + 1 < data.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(data[i..]);
        return i < data.Length ? sum + ((uint)data[i] << 8) : sum;
    }

    private static ushort Fold(uint sum)
    {
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}

/// <summary>The flags of a TCP header (RFC 9293, 3.1).</summary>
[Flags]
internal enum TcpFlags : byte
{
    Fin = 1,
    Syn = 2,
    Rst = 4,
    Push = 8,
    Ack = 16,
}
