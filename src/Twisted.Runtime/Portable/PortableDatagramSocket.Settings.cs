using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

// Broadcast and groups.
internal sealed partial class PortableDatagramSocket
{
    private bool IsIPv6 => Socket.AddressFamily == AddressFamily.InterNetworkV6;

    private SocketOptionLevel Level => IsIPv6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP;

    public bool BroadcastAllowed
    {
        get => Socket.EnableBroadcast;
        set => Socket.EnableBroadcast = value;
    }

    public int MulticastTimeToLive
    {
        get => (int)Socket.GetSocketOption(Level, SocketOptionName.MulticastTimeToLive)!;
        set => Socket.SetSocketOption(Level, SocketOptionName.MulticastTimeToLive, value);
    }

    public bool MulticastLoopback
    {
        get => (int)Socket.GetSocketOption(Level, SocketOptionName.MulticastLoopback)! != 0;
        set => Socket.SetSocketOption(Level, SocketOptionName.MulticastLoopback, value);
    }

    /// <summary>Linux gives a socket of every address the groups of all other programs otherwise.</summary>
    internal void HearOwnGroupsOnly()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Socket.SetRawSocketOption(Linux.IPPROTO_IP, Linux.IP_MULTICAST_ALL, BitConverter.GetBytes(0));
        if (IsIPv6)
            Socket.SetRawSocketOption(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_ALL, BitConverter.GetBytes(0));
    }

    public bool SetMulticastInterface(string networkInterface) => Try(networkInterface, found =>
    {
        // IPv4: an address, or an index in network order, whose first byte no address begins with.
        int value = IsIPv6 ? found.Index
            : found.Address is { } address ? BitConverter.ToInt32(address.GetAddressBytes())
            : IPAddress.HostToNetworkOrder(found.Index);
        Socket.SetSocketOption(Level, SocketOptionName.MulticastInterface, value);
    });

    public bool SetMembership(IPAddress group, string networkInterface, bool joined) => Try(networkInterface, found =>
    {
        SocketOptionName change = joined ? SocketOptionName.AddMembership : SocketOptionName.DropMembership;
        if (group.AddressFamily == AddressFamily.InterNetworkV6)
            Socket.SetSocketOption(SocketOptionLevel.IPv6, change, new IPv6MulticastOption(group, found.Index));
        else
        {
            MulticastOption request = found.Address is { } address
                ? new MulticastOption(group, address)
                : new MulticastOption(group, found.Index);
            Socket.SetSocketOption(SocketOptionLevel.IP, change, request);
        }
    });

    private bool Try(string networkInterface, Action<InterfaceName> change)
    {
        try
        {
            if (InterfaceName.Find(networkInterface) is { } found)
            {
                change(found);
                return true;
            }
            Failure = SocketFailure.Of(SocketError.AddressNotAvailable);
        }
        catch (SocketException failure)
        {
            Failure = SocketFailure.Of(failure);
        }
        return false;
    }
}
