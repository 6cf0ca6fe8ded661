using System.Net;

namespace Twisted.Internet;

/// <summary>
/// A datagram port that can join groups; ask with <c>transport.Get&lt;IMulticastTransport&gt;()</c>. Reactor thread
/// only. Twisted: <c>IMulticastTransport</c>.
/// </summary>
/// <remarks>
/// A network interface is named by its index ("1"), by its name ("lo") or, for IPv4, by one of its addresses
/// ("127.0.0.1"); empty leaves the choice to the system.
/// </remarks>
public interface IMulticastTransport
{
    /// <summary>How many networks a datagram to a group may cross, 0 to 255; 1 unless set.</summary>
    int TimeToLive { get; set; }

    /// <summary>Whether members of a group on this machine hear our datagrams too; true unless set.</summary>
    bool LoopbackMode { get; set; }

    /// <summary>The interface that datagrams to a group leave by, as it was set last; empty at first.</summary>
    /// <exception cref="IOException">There is no such interface.</exception>
    string OutgoingInterface { get; set; }

    /// <summary>Hears what is sent to a group; fails with <see cref="MulticastJoinException"/>.</summary>
    /// <param name="group">The group's address, IPv4 or IPv6 as the port is.</param>
    /// <param name="networkInterface">The interface to hear it on.</param>
    Deferred JoinGroup(IPAddress group, string networkInterface = "");

    /// <summary>Hears a group no more; fails with <see cref="MulticastJoinException"/>.</summary>
    /// <param name="group">The group's address.</param>
    /// <param name="networkInterface">The interface that it was joined on.</param>
    Deferred LeaveGroup(IPAddress group, string networkInterface = "");
}
