using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Twisted.Tests;

/// <summary>Headers of version 2 for tests, byte by byte.</summary>
internal static class ProxyHeaders
{
    internal static readonly byte[] Signature = "\r\n\r\n\0\r\nQUIT\n"u8.ToArray();

    internal static byte[] Binary(byte command, byte family, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(part => part)];
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)body.Length);
        return [.. Signature, command, family, .. length, .. body];
    }

    internal static byte[] Tcp4(params byte[][] tlvs) => Binary(0x21, 0x11,
        [[192, 0, 2, 7, 198, 51, 100, 9, 0x30, 0x39, 0x01, 0xbb], .. tlvs]);

    internal static byte[] Tcp6() => Binary(0x21, 0x21, IPAddress.Parse("2001:db8::7").GetAddressBytes(),
        IPAddress.Parse("2001:db8::9").GetAddressBytes(), [0x30, 0x39, 0x01, 0xbb]);

    internal static byte[] Tlv(byte type, params byte[] value) =>
        [type, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    internal static byte[] Tlv(byte type, string text) => Tlv(type, Encoding.UTF8.GetBytes(text));
}
