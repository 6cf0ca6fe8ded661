using System.Net;
using System.Net.Sockets;

namespace Twisted.Tests;

/// <summary>Groups and the settings of a UDP socket, on a scripted one.</summary>
public class MulticastPortTests : EngineTest
{
    private static readonly IPAddress Group = IPAddress.Parse("239.1.2.3");

    private readonly UdpSocket _socket = new();
    private readonly PacketRecorder _packets = new();
    private readonly MulticastPort _port;

    public MulticastPortTests()
    {
        _port = new MulticastPort(Loop, () => _socket, _packets, 8192);
        _port.StartListening();
    }

    [Fact]
    public void Its_protocol_is_told_that_it_is_open()
    {
        Assert.Equal(["start"], _packets.Heard);
        Assert.Equal("", _port.OutgoingInterface);
        Assert.Equal("", new MulticastPort(Loop, () => _socket, _packets, 8192).OutgoingInterface);
    }

    [Fact]
    public void Groups_are_joined_and_left_on_the_interface_that_was_named()
    {
        Assert.True(_port.JoinGroup(Group, "eth0").IsFired);
        _port.LeaveGroup(Group);
        Assert.Equal([("eth0", true), ("", false)], _socket.Memberships);
        Assert.Throws<ArgumentNullException>("group", () => { _port.JoinGroup(null!); });
        Assert.Throws<ArgumentNullException>("networkInterface", () => { _port.JoinGroup(Group, null!); });
    }

    [Fact]
    public void A_group_that_cannot_be_joined_says_why()
    {
        _socket.Refuses = true;
        Exception? failure = null;
        _port.JoinGroup(Group).AddErrback((Exception reason) => failure = reason);
        Assert.IsType<MulticastJoinException>(failure);
        Assert.StartsWith("Cannot join or leave 239.1.2.3 on any interface: ", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_port_joins_nothing_and_has_no_settings()
    {
        _port.CloseNow();
        Exception? failure = null;
        _port.JoinGroup(Group).AddErrback((Exception reason) => failure = reason);
        Assert.Equal("Cannot join or leave 239.1.2.3: the port is closed.", failure?.Message);
        _port.TimeToLive = 7;
        _port.LoopbackMode = true;
        _port.OutgoingInterface = "eth0";
        Assert.Equal(0, _port.TimeToLive);
        Assert.False(_port.LoopbackMode);
        Assert.Empty(_socket.Memberships);
        _port.StartListening();
        Assert.Equal("", _port.OutgoingInterface);
    }

    [Fact]
    public void The_time_to_live_is_a_byte()
    {
        _port.TimeToLive = 255;
        Assert.Equal(255, _port.TimeToLive);
        _port.TimeToLive = 0;
        Assert.Equal(0, _socket.MulticastTimeToLive);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => _port.TimeToLive = 256);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => _port.TimeToLive = -1);
    }

    [Fact]
    public void What_is_sent_to_a_group_comes_back_if_that_is_wanted()
    {
        _port.LoopbackMode = true;
        Assert.True(_socket.MulticastLoopback);
        Assert.True(_port.LoopbackMode);
    }

    [Fact]
    public void The_interface_that_datagrams_leave_by_is_kept_when_the_system_takes_it()
    {
        _port.OutgoingInterface = "eth0";
        Assert.Equal("eth0", _port.OutgoingInterface);
        _socket.Refuses = true;
        Assert.Equal("Cannot send to groups by the interface 'none': Connection refused. "
            + "Give its index, its name or, for IPv4, one of its addresses.",
            Assert.Throws<IOException>(() => _port.OutgoingInterface = "none").Message);
        Assert.Equal("eth0", _port.OutgoingInterface);
        Assert.Throws<ArgumentNullException>("value", () => _port.OutgoingInterface = null!);
    }

    private sealed class UdpSocket : ScriptedDatagrams, IUdpSocket
    {
        internal bool Refuses { get; set; }

        internal List<(string Interface, bool Joined)> Memberships { get; } = [];

        public bool BroadcastAllowed { get; set; }

        public int MulticastTimeToLive { get; set; }

        public bool MulticastLoopback { get; set; }

        public bool SetMulticastInterface(string networkInterface) => !Refuses;

        public bool SetMembership(IPAddress group, string networkInterface, bool joined)
        {
            if (!Refuses)
                Memberships.Add((networkInterface, joined));
            return !Refuses;
        }
    }
}
