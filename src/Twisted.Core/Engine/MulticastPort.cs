using System.Net;

namespace Twisted.Internet;

/// <summary>A UDP port that can join groups. A closed one has lost its memberships and its settings.</summary>
internal sealed class MulticastPort(
    ReactorBase reactor, Func<IDatagramDriver> open, IDatagramProtocol protocol, int maxPacketSize)
    : UdpPort(reactor, open, protocol, maxPacketSize), IMulticastTransport
{
    private string _outgoing = "";

    public int TimeToLive
    {
        get => Udp?.MulticastTimeToLive ?? 0;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 255);
            Udp?.MulticastTimeToLive = value;
        }
    }

    public bool LoopbackMode
    {
        get => Udp?.MulticastLoopback ?? false;
        set => Udp?.MulticastLoopback = value;
    }

    public string OutgoingInterface
    {
        get => _outgoing;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (Udp is { } socket && !socket.SetMulticastInterface(value))
                throw new IOException($"Cannot send to groups by the interface '{value}': {socket.Failure.Text}. "
                    + "Give its index, its name or, for IPv4, one of its addresses.");
            _outgoing = value;
        }
    }

    public Deferred JoinGroup(IPAddress group, string networkInterface = "") =>
        Change(group, networkInterface, joined: true);

    public Deferred LeaveGroup(IPAddress group, string networkInterface = "") =>
        Change(group, networkInterface, joined: false);

    protected override void Begin()
    {
        _outgoing = "";
        base.Begin();
    }

    private Deferred Change(IPAddress group, string networkInterface, bool joined)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(networkInterface);
        if (Udp is not { } socket)
            return Deferred.Fail(new MulticastJoinException($"Cannot join or leave {group}: the port is closed."));
        return socket.SetMembership(group, networkInterface, joined)
            ? Deferred.Succeed()
            : Deferred.Fail(FailureText.Joining(group, networkInterface, socket.Failure));
    }
}
