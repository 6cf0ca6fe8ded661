using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Twisted.Internet;

/// <summary>
/// Whom a datagram socket heard of lately, so that a peer who sends often is not made an object each time, and the
/// answer to the last one needs no address written.
/// </summary>
internal sealed unsafe class RecentPeers
{
    private const int Places = 64; // a power of two
    private const int PlaceBits = 6;

    // Pinned for good. A socket is of one family, so what an address leaves of the first bytes stays zero.
    private readonly byte[] _address = GC.AllocateArray<byte>(SocketAddressBytes.Longest, pinned: true);
    private readonly KnownPeer[] _peers = new KnownPeer[Places];
    private int _last;

    /// <summary>Where the system writes an address; its length is <see cref="SocketAddressBytes.Longest"/>.</summary>
    internal byte* Address => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_address));

    /// <summary>The peer whose address was written.</summary>
    /// <param name="length">Its length.</param>
    internal EndPoint Read(int length)
    {
        byte* address = Address;
        if (*(ushort*)address == Linux.AF_UNIX)
            return SocketAddressBytes.Read(new ReadOnlySpan<byte>(address, length));
        // What differs between peers: the port and the address of IPv4, or the end of that of IPv6.
        ulong hash = (*(ulong*)address ^ *(ulong*)(address + 16)) * 0x9E3779B97F4A7C15;
        int place = (int)(hash >> (64 - PlaceBits));
        ref KnownPeer peer = ref _peers[place];
        Vector256<byte> bytes = Vector256.Load(address); // of both families, with zeros at the end
        if (peer.IsUnchanged && peer.Bytes == bytes)
        {
            _last = place;
            return peer.EndPoint!;
        }
        EndPoint read = SocketAddressBytes.Read(new ReadOnlySpan<byte>(address, length));
        if (read is IPEndPoint internet && length <= Vector256<byte>.Count)
        {
            peer = new KnownPeer(bytes, internet);
            _last = place;
        }
        return read;
    }

    /// <summary>The length of <see cref="Address"/> if it is that of this peer; 0 if not.</summary>
    internal int LengthIfLast(EndPoint peer)
    {
        ref KnownPeer last = ref _peers[_last];
        return ReferenceEquals(last.EndPoint, peer) && last.IsUnchanged
            ? SocketAddressBytes.LengthOf(last.EndPoint)
            : 0;
    }

    private readonly struct KnownPeer(Vector256<byte> bytes, IPEndPoint endPoint)
    {
        private readonly IPAddress _address = endPoint.Address;
        private readonly int _port = endPoint.Port;

        internal Vector256<byte> Bytes { get; } = bytes;

        internal IPEndPoint? EndPoint { get; } = endPoint;

        /// <summary>An end point is its user's: if it was changed there, it is no longer this peer.</summary>
        internal bool IsUnchanged =>
            EndPoint is not null && ReferenceEquals(EndPoint.Address, _address) && EndPoint.Port == _port;
    }
}
