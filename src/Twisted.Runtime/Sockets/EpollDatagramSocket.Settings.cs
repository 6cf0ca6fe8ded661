using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

// Broadcast and groups: struct ip_mreqn and ipv6_mreq, see man 7 ip and ipv6.
internal sealed unsafe partial class EpollDatagramSocket
{
    private const int AddressLength = 4;

    private bool IsIPv6 => Host.AddressFamily == AddressFamily.InterNetworkV6;

    private int Level => IsIPv6 ? Linux.IPPROTO_IPV6 : Linux.IPPROTO_IP;

    public bool BroadcastAllowed
    {
        get => Descriptor.GetOption(Fd, Linux.SOL_SOCKET, Linux.SO_BROADCAST) != 0;
        set => Descriptor.SetOption(Fd, Linux.SOL_SOCKET, Linux.SO_BROADCAST, value ? 1 : 0);
    }

    public int MulticastTimeToLive
    {
        get => Descriptor.GetOption(Fd, Level, IsIPv6 ? Linux.IPV6_MULTICAST_HOPS : Linux.IP_MULTICAST_TTL);
        set => Descriptor.SetOption(Fd, Level, IsIPv6 ? Linux.IPV6_MULTICAST_HOPS : Linux.IP_MULTICAST_TTL, value);
    }

    public bool MulticastLoopback
    {
        get => Descriptor.GetOption(Fd, Level, IsIPv6 ? Linux.IPV6_MULTICAST_LOOP : Linux.IP_MULTICAST_LOOP) != 0;
        set => Descriptor.SetOption(
            Fd, Level, IsIPv6 ? Linux.IPV6_MULTICAST_LOOP : Linux.IP_MULTICAST_LOOP, value ? 1 : 0);
    }

    /// <summary>Linux gives a socket of every address the groups of all other programs otherwise.</summary>
    internal void HearOwnGroupsOnly()
    {
        Descriptor.SetOption(Fd, Linux.IPPROTO_IP, Linux.IP_MULTICAST_ALL, 0);
        if (IsIPv6)
            Descriptor.SetOption(Fd, Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_ALL, 0);
    }

    public bool SetMulticastInterface(string networkInterface)
    {
        if (InterfaceName.Find(networkInterface) is not { } found)
            return NoInterface();
        if (IsIPv6)
            return Succeeded(Descriptor.SetOption(Fd, Level, Linux.IPV6_MULTICAST_IF, found.Index));
        byte* request = stackalloc byte[3 * AddressLength];
        int length = WriteRequest(new Span<byte>(request, 3 * AddressLength), IPAddress.Any, found);
        return Succeeded(Libc.SetSocketOption(Fd, Level, Linux.IP_MULTICAST_IF, request, length));
    }

    public bool SetMembership(IPAddress group, string networkInterface, bool joined)
    {
        if (InterfaceName.Find(networkInterface) is not { } found)
            return NoInterface();
        byte* request = stackalloc byte[5 * AddressLength];
        int length = WriteRequest(new Span<byte>(request, 5 * AddressLength), group, found);
        if (group.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return Succeeded(Libc.SetSocketOption(Fd, Linux.IPPROTO_IPV6,
                joined ? Linux.IPV6_ADD_MEMBERSHIP : Linux.IPV6_DROP_MEMBERSHIP, request, length));
        }
        return Succeeded(Libc.SetSocketOption(Fd, Linux.IPPROTO_IP,
            joined ? Linux.IP_ADD_MEMBERSHIP : Linux.IP_DROP_MEMBERSHIP, request, length));
    }

    /// <summary>The group, for IPv4 the interface's address, and its index.</summary>
    private static int WriteRequest(Span<byte> request, IPAddress group, InterfaceName found)
    {
        request.Clear();
        group.TryWriteBytes(request, out int length);
        if (length == AddressLength)
        {
            found.Address?.TryWriteBytes(request[length..], out _);
            length += AddressLength;
        }
        BitConverter.TryWriteBytes(request[length..], found.Index);
        return length + sizeof(int);
    }

    private bool NoInterface()
    {
        Failure = Errno.Failure(Errno.ENODEV);
        return false;
    }

    private bool Succeeded(int result)
    {
        if (result != 0)
            Failure = Errno.LastFailure();
        return result == 0;
    }
}
