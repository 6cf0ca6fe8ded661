using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;

namespace Twisted.Fuzzing;

/// <summary>The header of the PROXY protocol, both versions, and the first bytes behind it.</summary>
internal sealed class ProxyTarget(int maxTlvLength) : FuzzTarget("proxy")
{
    private const int FixedPart = 16;
    private const byte ChecksumType = 3;

    private static readonly byte[] Signature = "\r\n\r\n\0\r\nQUIT\n"u8.ToArray();

    internal override int Limit => 536 + maxTlvLength;

    internal override IReadOnlyList<byte[]> Tokens =>
    [
        Signature,
        .. Words("PROXY ", "PROXY TCP4 ", "PROXY TCP6 ", "PROXY UNKNOWN", "192.0.2.1", "255.255.255.255", "2001:db8::1",
            "::ffff:192.0.2.1", "1::2::3", "%1", "[::1]", " 65535", " 65536", " 01", "\r\n", "\r", "\n", "  ",
            "!\u0011\0\u000c", "!\u0021\0\u0024", "!1\0\u00d8", "!\0\0\0", "\u0020\0\0\0", "\u0003\0\u0004\0\0\0\0",
            "\u0001\0\u0002h2", "\u0020\0\u0005\u0001\0\0\0\0", "\u0021\0\u0007TLSv1.3", "\0\0", "\u00ff\u00ff"),
    ];

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        var parser = new ProxyHeaderParser(maxTlvLength);
        int received = 0;
        int header = 0;
        long allocated = 0;
        foreach (int size in sizes)
        {
            ReadOnlySpan<byte> chunk = input.Slice(received, size);
            received += size;
            int used = 0;
            if (parser.Header is null && parser.Error is null)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                used = parser.Feed(chunk);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                header += used;
                if (parser.Header is { } whole)
                    outcome.Add("header", Describe(whole));
            }
            // Arrays that double until they hold n bytes have twice as many in sum.
            if (parser.Header is null && parser.Error is null)
                outcome.Hold((int)allocated / 2, Limit, received);
            if (parser.Header is not null)
                outcome.AddRaw("behind", chunk[used..]);
        }
        outcome.IsRefused = parser.Error is not null;
        if (parser.Error is { } error)
            outcome.Add("error", Encoding.UTF8.GetBytes(error));
        // What follows a path's NUL is not kept, so its checksum cannot be right again.
        if (parser.Header is { } found && !(found.Source is UnixDomainSocketEndPoint && HasChecksum(found)))
            outcome.Encoded = Encode(found);
        outcome.Unread = input.Length - header;
    }

    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        if (outcome.Events is not [{ Kind: "header" } header, ..] || outcome.Encoded.Length == 0)
            return;
        var again = new ProxyHeaderParser(maxTlvLength);
        int used = again.Feed(outcome.Encoded);
        if (again.Header is null || used != outcome.Encoded.Length
            || !Describe(again.Header).AsSpan().SequenceEqual(header.Payload))
            throw new DefectException("roundtrip", $"'{Encoding.UTF8.GetString(header.Payload)}', written again as "
                + $"{Convert.ToHexStringLower(outcome.Encoded)}, is read as "
                + (again.Header is { } other ? Encoding.UTF8.GetString(Describe(other)) : again.Error ?? "nothing"));
        bool isExact = again.Header is { Version: 2, Source: IPEndPoint };
        if (isExact && !input.StartsWith(outcome.Encoded))
            throw new DefectException("roundtrip",
                "the header, written again, is not what came: " + Convert.ToHexStringLower(outcome.Encoded));
    }

    /// <summary>The length and the checksum: else nearly every change of version 2 is refused.</summary>
    internal override byte[] Repair(byte[] input, FuzzRandom random)
    {
        if (!input.AsSpan().StartsWith(Signature) || input.Length < FixedPart || random.OneIn(3))
            return input;
        int length = Math.Min(input.Length - FixedPart, ushort.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(14), (ushort)length);
        int at = input.AsSpan(FixedPart).LastIndexOf((ReadOnlySpan<byte>)[ChecksumType, 0, 4]) + FixedPart + 3;
        if (at < FixedPart + 3 || at + 4 > input.Length)
            return input;
        input.AsSpan(at, 4).Clear();
        uint crc = uint.MaxValue;
        foreach (byte b in input.AsSpan(0, FixedPart + length))
            crc = BitOperations.Crc32C(crc, b);
        BinaryPrimitives.WriteUInt32BigEndian(input.AsSpan(at), ~crc);
        return input;
    }

    private static bool HasChecksum(ProxyHeader header) => header.Tlvs.Any(tlv => tlv.Type == ChecksumType);

    private static byte[] Describe(ProxyHeader header)
    {
        var text = new StringBuilder($"{header.Version} {header.Source} -> {header.Destination} "
            + $"{header.NegotiatedProtocol} {header.Authority} {header.Ssl}");
        foreach (ProxyTlv tlv in header.Tlvs)
            text.Append($" {tlv.Type}={Convert.ToHexStringLower(tlv.Value.Span)}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Encode(ProxyHeader header)
    {
        if (header.Version == 1)
            return Encoding.ASCII.GetBytes(header is { Source: IPEndPoint from, Destination: IPEndPoint to }
                ? $"PROXY {(IsIPv4(from) ? "TCP4" : "TCP6")} {from.Address} {to.Address} {from.Port} {to.Port}\r\n"
                : "PROXY UNKNOWN\r\n");
        (byte family, byte[] addresses) = Addresses(header);
        byte[] tlvs = [.. header.Tlvs.SelectMany(tlv =>
            (byte[])[tlv.Type, (byte)(tlv.Value.Length >> 8), (byte)tlv.Value.Length, .. tlv.Value.Span])];
        int length = addresses.Length + tlvs.Length;
        byte command = header.IsLocal && tlvs.Length == 0 ? (byte)0x20 : (byte)0x21;
        return [.. Signature, command, family, (byte)(length >> 8), (byte)length, .. addresses, .. tlvs];
    }

    private static (byte Family, byte[] Bytes) Addresses(ProxyHeader header)
    {
        if (header is { Source: IPEndPoint from, Destination: IPEndPoint to })
        {
            byte[] ports = [(byte)(from.Port >> 8), (byte)from.Port, (byte)(to.Port >> 8), (byte)to.Port];
            return (IsIPv4(from) ? (byte)0x11 : (byte)0x21,
                [.. from.Address.GetAddressBytes(), .. to.Address.GetAddressBytes(), .. ports]);
        }
        return header.IsLocal ? ((byte)0, []) : (0x31, [.. Path(header.Source), .. Path(header.Destination)]);
    }

    private static bool IsIPv4(EndPoint address) => address.AddressFamily == AddressFamily.InterNetwork;

    private static byte[] Path(EndPoint? unix)
    {
        byte[] path = new byte[108];
        if (unix?.Serialize() is { } address) // not its text: a path need not be UTF-8
            address.Buffer.Span[2..address.Size].CopyTo(path);
        return path;
    }
}
