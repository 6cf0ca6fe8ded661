using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// struct sockaddr_in and sockaddr_in6, as Linux lays them out, to and from <see cref="IPEndPoint"/>.
/// </summary>
internal static class SocketAddressBytes
{
    internal const int Longest = 28;

    internal static int FamilyOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Linux.AF_INET6 : Linux.AF_INET;

    /// <summary>Writes an address.</summary>
    /// <returns>Its length: 16 or 28.</returns>
    internal static int Write(IPEndPoint endPoint, Span<byte> bytes)
    {
        bytes.Clear();
        IPAddress address = endPoint.Address;
        int family = FamilyOf(address);
        BitConverter.TryWriteBytes(bytes, (ushort)family);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)endPoint.Port);
        if (family == Linux.AF_INET)
        {
            address.TryWriteBytes(bytes[4..], out _);
            return 16;
        }
        address.TryWriteBytes(bytes[8..], out _);
        BitConverter.TryWriteBytes(bytes[24..], (uint)address.ScopeId);
        return 28;
    }

    internal static IPEndPoint Read(ReadOnlySpan<byte> bytes)
    {
        int port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        ushort family = MemoryMarshal.Read<ushort>(bytes);
        return family switch
        {
            Linux.AF_INET => new IPEndPoint(new IPAddress(bytes.Slice(4, 4)), port),
            Linux.AF_INET6 => new IPEndPoint(
                new IPAddress(bytes.Slice(8, 16), MemoryMarshal.Read<uint>(bytes[24..])), port),
            _ => new IPEndPoint(IPAddress.None, 0),
        };
    }
}
