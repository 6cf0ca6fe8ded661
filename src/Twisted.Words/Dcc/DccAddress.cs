using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Twisted.Words;

/// <summary>Addresses as they stand in DCC messages, and which of them a stranger may send us to.</summary>
internal static class DccAddress
{
    private const int LongestText = 45; // of IPv6 with an IPv4 address at its end

    /// <summary>A number of 32 bits, or an address as it is usually written.</summary>
    internal static IPAddress? Parse(string text)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
            return new IPAddress(bytes);
        }
        // No zones, no octal, no short forms: "127.1" is an address to some.
        if (text.Length > LongestText || text.Contains('%', StringComparison.Ordinal)
            || !IPAddress.TryParse(text, out IPAddress? address))
            return null;
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address.ToString() == text ? address : null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    internal static string Format(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()).ToString(CultureInfo.InvariantCulture)
        : address.ToString();

    /// <summary>Whether nobody can be reached there by TCP: no address, all addresses, groups.</summary>
    internal static bool IsNobody(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return bytes is [0, _, _, _] or [>= 224, _, _, _] || address.IsIPv6Multicast
            || address.Equals(IPAddress.IPv6Any);
    }

    /// <summary>This machine, its link, a private network, or an address that hides one of them.</summary>
    internal static bool IsLocal(IPAddress address) => address.GetAddressBytes() switch
    {
        [127 or 10, _, _, _] or [169, 254, _, _] or [192, 168, _, _] => true,
        [172, >= 16 and <= 31, _, _] or [100, >= 64 and <= 127, _, _] => true, // private; shared by a provider
        [_, _, _, _] => false,
        [0x20, 0x02, ..] or [0x20, 0x01, 0, 0, ..] => true,                    // 6to4, Teredo: IPv4 inside
        [>= 0x20 and <= 0x3f, ..] => false,                                    // global unicast
        _ => true,
    };
}
