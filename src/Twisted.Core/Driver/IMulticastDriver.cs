using System.Net;

namespace Twisted.Internet;

/// <summary>A driver whose UDP ports can join groups.</summary>
internal interface IMulticastDriver
{
    /// <summary>Opens a UDP socket that hears the groups it has joined itself, and no others.</summary>
    /// <param name="address">Where.</param>
    /// <param name="isShared">Whether others may be open at the same address.</param>
    /// <exception cref="CannotListenException">It cannot be had.</exception>
    IDatagramDriver BindMulticast(IPEndPoint address, bool isShared);
}

/// <summary>The settings of a UDP socket. Each returns false when the system refuses: see Failure.</summary>
internal interface IUdpSocket : IDatagramDriver
{
    bool BroadcastAllowed { get; set; }

    int MulticastTimeToLive { get; set; }

    bool MulticastLoopback { get; set; }

    /// <summary>Chooses the interface that datagrams to a group leave by; empty is the system's choice.</summary>
    bool SetMulticastInterface(string networkInterface);

    /// <summary>Joins a group, or leaves it.</summary>
    bool SetMembership(IPAddress group, string networkInterface, bool joined);
}
