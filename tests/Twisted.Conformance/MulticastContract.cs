using System.Net;
using System.Net.NetworkInformation;
using System.Text;

namespace Twisted.Conformance;

/// <summary>Groups, without a datagram that leaves this machine.</summary>
public abstract class MulticastContract : ReactorContract
{
    private static readonly IPAddress Group = IPAddress.Parse("239.255.77.1");

    /// <summary>Interface-local: no system sends it out.</summary>
    private static readonly IPAddress Group6 = IPAddress.Parse("ff01::7701");

    private static IReactorMulticast Able(IReactor reactor) => (IReactorMulticast)reactor;

    [Fact]
    public void Members_of_an_IPv4_group_hear_it_until_they_leave() => Run(reactor =>
        JoinAndLeave(reactor, "", Group, "127.0.0.1"));

    [Fact]
    public void Members_of_an_IPv6_group_hear_it_until_they_leave() => Run(reactor =>
        JoinAndLeave(reactor, "::", Group6, InterfaceForIPv6()));

    /// <summary>
    /// The loopback interface has no route to IPv6 groups, unless somebody has made one: it takes another.
    /// </summary>
    private static string InterfaceForIPv6()
    {
        NetworkInterface? able = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(one =>
            one.NetworkInterfaceType != NetworkInterfaceType.Loopback && one.SupportsMulticast
            && one.OperationalStatus == OperationalStatus.Up && one.Supports(NetworkInterfaceComponent.IPv6)
            && one.GetIPProperties().UnicastAddresses.Any(own => own.Address.IsIPv6LinkLocal));
        return able is null ? "1" : $"{able.GetIPProperties().GetIPv6Properties().Index}";
    }

    private static async Deferred JoinAndLeave(IReactor reactor, string address, IPAddress group, string loopback)
    {
        var first = new Member();
        var second = new Member();
        IListeningPort port = Able(reactor).ListenMulticast(0, first, address, listenMultiple: true);
        Able(reactor).ListenMulticast(port.Host.Port, second, address, listenMultiple: true);
        await first.Groups.JoinGroup(group, loopback);
        await second.Groups.JoinGroup(group, loopback);
        first.Groups.OutgoingInterface = loopback;
        var everybody = new IPEndPoint(group, port.Host.Port);
        first.Transport.Write("one"u8, everybody);
        await Until(reactor, () => first.Received.Count == 1 && second.Received.Count == 1);

        await second.Groups.LeaveGroup(group, loopback);
        first.Transport.Write("two"u8, everybody);
        await Until(reactor, () => first.Received.Count == 2);
        await Wait(reactor, 0.02);
        Assert.Equal("one", Assert.Single(second.Received));

        // What is sent by the loopback interface comes back from it, whatever this says.
        first.Groups.LoopbackMode = loopback is "127.0.0.1" or "1";
        if (!first.Groups.LoopbackMode)
            first.Transport.Write("unheard"u8, everybody);
        first.Groups.LoopbackMode = true;
        first.Transport.Write("three"u8, everybody);
        await Until(reactor, () => first.Received.Contains("three"));
        Assert.Equal(["one", "two", "three"], first.Received);
    }

    [Fact]
    public void Settings_can_be_read_back() => Run(reactor =>
    {
        foreach (string address in new[] { "", "::" })
        {
            var member = new Member();
            Able(reactor).ListenMulticast(0, member, address);
            Assert.Equal((1, true, ""),
                (member.Groups.TimeToLive, member.Groups.LoopbackMode, member.Groups.OutgoingInterface));
            member.Groups.TimeToLive = 7;
            member.Groups.OutgoingInterface = "lo";
            Assert.Equal((7, "lo"), (member.Groups.TimeToLive, member.Groups.OutgoingInterface));
            Assert.Throws<ArgumentOutOfRangeException>(() => member.Groups.TimeToLive = 256);
            var refused = Assert.Throws<IOException>(() => member.Groups.OutgoingInterface = "nosuch0");
            Assert.Contains("nosuch0", refused.Message, StringComparison.Ordinal);
            Assert.Equal("lo", member.Groups.OutgoingInterface);
        }
        return Deferred.Succeed();
    });

    [Fact]
    public void What_is_no_group_and_who_is_no_member_fails() => Run(async reactor =>
    {
        var member = new Member();
        IListeningPort port = Able(reactor).ListenMulticast(0, member);
        await Fails(member.Groups.JoinGroup(IPAddress.Parse("10.1.2.3"), "127.0.0.1"));
        await Fails(member.Groups.JoinGroup(Group, "nosuch0"));
        await Fails(member.Groups.LeaveGroup(Group, "127.0.0.1"));
        await Fails(member.Groups.JoinGroup(Group6, "1"));
        IMulticastTransport groups = member.Groups;
        await port.StopListening();
        await Fails(groups.JoinGroup(Group, "127.0.0.1"));
    });

    private static async Deferred Fails(Deferred change)
    {
        Exception? failure = null;
        await change.AddErrback(reason => { failure = reason; });
        Assert.IsType<MulticastJoinException>(failure);
    }

    [Fact]
    public void A_port_is_shared_only_when_both_ask_for_it() => Run(reactor =>
    {
        IListeningPort port = Able(reactor).ListenMulticast(0, new Member(), listenMultiple: true);
        Assert.Throws<CannotListenException>(() => Able(reactor).ListenMulticast(port.Host.Port, new Member()));
        var plain = new Member();
        reactor.ListenUdp(0, plain, "127.0.0.1");
        Assert.Null(plain.Transport.Get<IMulticastTransport>());
        var without = Assert.Throws<NotSupportedException>(() => plain.Groups);
        Assert.Equal("This port (UdpPort) has no IMulticastTransport.", without.Message);
        return Deferred.Succeed();
    });

    private sealed class Member : DatagramProtocol
    {
        public List<string> Received { get; } = [];

        public IMulticastTransport Groups => Transport.GetRequired<IMulticastTransport>();

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) =>
            Received.Add(Encoding.ASCII.GetString(data));
    }
}
