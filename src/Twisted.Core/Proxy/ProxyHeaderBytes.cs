using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>The bytes of version 2.</summary>
internal static class ProxyHeaderBytes
{
    private const int FixedPart = 16;
    private const int UnixPath = 108;
    private const int FamilyLength = 2; // what a SocketAddress begins with
    private const byte Unspecified = 0x00;
    private const byte TcpOverIPv4 = 0x11;
    private const byte TcpOverIPv6 = 0x21;
    private const byte UnixStream = 0x31;

    private static readonly UnixDomainSocketEndPoint AnyUnix = new("/");

    /// <summary>A whole header, its signature, version and command already checked.</summary>
    internal static (ProxyHeader? Header, string? Error) Parse(ReadOnlySpan<byte> header)
    {
        if ((header[12] & 0xf) == 0) // LOCAL: the rest is to be skipped
            return (new ProxyHeader(2, null, null, [], null), null);
        byte family = header[13];
        int length = family switch
        {
            Unspecified => 0,
            TcpOverIPv4 => 12,
            TcpOverIPv6 => 36,
            UnixStream => 2 * UnixPath,
            _ => -1,
        };
        if (length < 0)
            return (null, $"its family and protocol are 0x{family:x2}, which is no stream");
        if (header.Length < FixedPart + length)
            return (null, $"its addresses take {length} bytes and it has {header.Length - FixedPart}");
        (EndPoint? source, EndPoint? destination) = Addresses(family, header.Slice(FixedPart, length));
        byte[] further = header[(FixedPart + length)..].ToArray();
        if (ReadTlvs(further) is not { } tlvs)
            return (null, "its further information ends in the middle of a piece");
        ProxySslInfo? ssl = null;
        int at = FixedPart + length;
        // One checksum, for each takes a walk over the whole header.
        if (tlvs.Count(tlv => tlv.Type == ProxyHeader.ChecksumType) > 1)
            return (null, "it has more than one checksum");
        foreach (ProxyTlv tlv in tlvs)
        {
            if (tlv.Type == ProxyHeader.ChecksumType && !HasChecksum(header, at + 3, tlv.Value.Span))
                return (null, "its checksum is wrong");
            if (tlv.Type == ProxyHeader.SslType && (ssl = ReadSsl(tlv.Value)) is null)
                return (null, "its information on TLS is cut off");
            at += 3 + tlv.Value.Length;
        }
        return (new ProxyHeader(2, source, destination, tlvs, ssl), null);
    }

    private static (EndPoint? Source, EndPoint? Destination) Addresses(byte family, ReadOnlySpan<byte> block) =>
        family switch
        {
            TcpOverIPv4 => (Ip(block[..4], block[8..]), Ip(block[4..8], block[10..])),
            TcpOverIPv6 => (Ip(block[..16], block[32..]), Ip(block[16..32], block[34..])),
            UnixStream => (Unix(block[..UnixPath]), Unix(block[UnixPath..])),
            _ => (null, null),
        };

    private static IPEndPoint Ip(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port) =>
        new(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(port));

    /// <summary>
    /// From the bytes as they are: a path need not be UTF-8, and as text it could be longer than a path may be.
    /// </summary>
    private static EndPoint? Unix(ReadOnlySpan<byte> path)
    {
        int end = path[1..].IndexOf((byte)0) + 1; // an abstract name begins with NUL
        ReadOnlySpan<byte> used = end > 0 ? path[..end] : path[..^1];
        if (used.Length == 1 && used[0] == 0)
            return null;
        var address = new SocketAddress(AddressFamily.Unix, FamilyLength + used.Length);
        used.CopyTo(address.Buffer.Span[FamilyLength..]);
        return AnyUnix.Create(address);
    }

    /// <summary>Null when the last piece is longer than what is there.</summary>
    private static List<ProxyTlv>? ReadTlvs(ReadOnlyMemory<byte> rest)
    {
        var tlvs = new List<ProxyTlv>();
        while (!rest.IsEmpty)
        {
            if (rest.Length < 3)
                return null;
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest.Span[1..]);
            if (rest.Length < 3 + length)
                return null;
            tlvs.Add(new ProxyTlv(rest.Span[0], rest.Slice(3, length)));
            rest = rest[(3 + length)..];
        }
        return tlvs;
    }

    /// <summary>CRC32c over the whole header, the checksum's own four bytes taken as zero.</summary>
    private static bool HasChecksum(ReadOnlySpan<byte> header, int at, ReadOnlySpan<byte> checksum)
    {
        if (checksum.Length != 4)
            return false;
        uint crc = uint.MaxValue;
        for (int i = 0; i < header.Length; i++)
            crc = BitOperations.Crc32C(crc, i >= at && i < at + 4 ? (byte)0 : header[i]);
        return ~crc == BinaryPrimitives.ReadUInt32BigEndian(checksum);
    }

    private static ProxySslInfo? ReadSsl(ReadOnlyMemory<byte> value)
    {
        const int fixedPart = 5; // flags, and the result of the verification
        if (value.Length < fixedPart || ReadTlvs(value[fixedPart..]) is not { } parts)
            return null;
        byte flags = value.Span[0];
        return new ProxySslInfo
        {
            IsTls = (flags & 1) != 0,
            HasCertificate = (flags & 2) != 0,
            HasSessionCertificate = (flags & 4) != 0,
            IsVerified = (flags & 6) != 0 && BinaryPrimitives.ReadUInt32BigEndian(value.Span[1..]) == 0,
            Version = Text(parts, 0x21),
            CommonName = Text(parts, 0x22),
            Cipher = Text(parts, 0x23),
            SignatureAlgorithm = Text(parts, 0x24),
            KeyAlgorithm = Text(parts, 0x25),
        };
    }

    private static string? Text(List<ProxyTlv> parts, byte type)
    {
        int at = parts.FindIndex(part => part.Type == type);
        return at < 0 ? null : Encoding.UTF8.GetString(parts[at].Value.Span);
    }
}
