using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// struct sockaddr_in, sockaddr_in6 and sockaddr_un, as Linux lays them out, to and from <see cref="EndPoint"/>.
/// </summary>
internal static class SocketAddressBytes
{
    internal const int Longest = 110;

    /// <summary>What every address begins with.</summary>
    private const int FamilyLength = 2;

    /// <summary>The address of a UNIX socket that has none.</summary>
    internal static readonly EndPoint Unnamed =
        new UnixDomainSocketEndPoint("/").Create(new SocketAddress(AddressFamily.Unix, FamilyLength));

    internal static int FamilyOf(EndPoint address) => address.AddressFamily switch
    {
        AddressFamily.InterNetworkV6 => Linux.AF_INET6,
        AddressFamily.Unix => Linux.AF_UNIX,
        _ => Linux.AF_INET,
    };

    internal static int LengthOf(IPEndPoint address) => address.AddressFamily == AddressFamily.InterNetwork ? 16 : 28;

    /// <summary>Writes an address.</summary>
    /// <returns>Its length.</returns>
    internal static int Write(EndPoint endPoint, Span<byte> bytes)
    {
        if (endPoint is not IPEndPoint internet)
        {
            SocketAddress local = endPoint.Serialize();
            local.Buffer.Span[..local.Size].CopyTo(bytes);
            return local.Size;
        }
        return Write(internet, bytes);
    }

    private static int Write(IPEndPoint endPoint, Span<byte> bytes)
    {
        bytes[..28].Clear();
        IPAddress address = endPoint.Address;
        int family = FamilyOf(endPoint);
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

    internal static EndPoint Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= FamilyLength)
            return Unnamed; // Linux gives a UNIX socket without a name no family either
        ushort family = MemoryMarshal.Read<ushort>(bytes);
        return family == Linux.AF_UNIX ? ReadUnix(bytes) : ReadInternet(family, bytes);
    }

    private static EndPoint ReadUnix(ReadOnlySpan<byte> bytes)
    {
        var local = new SocketAddress(AddressFamily.Unix, bytes.Length);
        bytes.CopyTo(local.Buffer.Span);
        return Unnamed.Create(local);
    }

    private static IPEndPoint ReadInternet(ushort family, ReadOnlySpan<byte> bytes)
    {
        int port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return family switch
        {
            Linux.AF_INET => new IPEndPoint(new IPAddress(bytes.Slice(4, 4)), port),
            Linux.AF_INET6 => new IPEndPoint(
                new IPAddress(bytes.Slice(8, 16), MemoryMarshal.Read<uint>(bytes[24..])), port),
            _ => new IPEndPoint(IPAddress.None, 0),
        };
    }
}
