using System.Diagnostics;
using Twisted.Processes;

namespace Twisted.Tests;

/// <summary>A network between two processes that swallows packets: nobody sends a FIN or a reset.</summary>
public class NetworkFaultTests
{
    private const string TimedOut = "ConnectionLostException: Connection to the other side was lost in a non-clean "
        + "fashion: 110: Connection timed out.";

    /// <summary>The reactor that is tested; the suite for another one derives from this.</summary>
    protected virtual ReactorKind Kind => ReactorKind.Epoll;

    /// <summary>
    /// R20: one end waits for an acknowledgement, so that its userTimeout counts; the other says nothing, so that only
    /// its keep-alive asks.
    /// </summary>
    [PeerFact(Peers.Root, Peers.Ip, TwoHosts.Firewall, TwoHosts.Unshare)]
    public void In_a_black_hole_both_ends_learn_of_it_in_the_time_that_was_set()
    {
        using var hosts = new TwoHosts(Kind, ":keepalive=1,1,2:userTimeout=2");
        hosts.Connect(":userTimeout=1");
        Assert.Equal("whole", hosts.Client.Ask("talk 100000"));
        var clock = Stopwatch.StartNew();
        hosts.Cut();
        Assert.Equal("written", hosts.Client.Ask("write 1000"));
        Assert.Equal(TimedOut, hosts.Client.Ask("ended"));
        TimeSpan writer = clock.Elapsed;
        Assert.Equal(TimedOut, hosts.Server.Ask("lost 1"));
        TimeSpan reader = clock.Elapsed;
        // The system looks at its timers when it sends again: at intervals that double.
        Assert.InRange(writer, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(6));
        Assert.InRange(reader, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(10));
        Assert.Equal("0 open, 0 failures", hosts.Server.Ask("state"));
        hosts.Heal();
        hosts.Connect();
        Assert.Equal("whole", hosts.Client.Ask("talk 1000"));
    }

    [PeerFact(Peers.Root, Peers.Ip, TwoHosts.Firewall, TwoHosts.Unshare)]
    public void A_cut_that_heals_in_time_costs_no_byte()
    {
        using var hosts = new TwoHosts(Kind, ":keepalive=1,1,20:userTimeout=20");
        hosts.Connect(":userTimeout=20");
        Assert.Equal("whole", hosts.Client.Ask("talk 1000"));
        hosts.Cut();
        hosts.Client.Tell("talk 300000");
        Assert.Equal("set", hosts.Server.Ask("later 500"));
        hosts.Server.ReadLine();
        hosts.Heal();
        Assert.Equal("whole", hosts.Client.ReadLine());
        Assert.Equal("1 open, 0 failures", hosts.Server.Ask("state"));
    }

    [PeerFact(Peers.Root, Peers.Ip, TwoHosts.Firewall, TwoHosts.Unshare)]
    public void With_one_packet_lost_of_twenty_every_byte_arrives_in_its_place()
    {
        using var hosts = new TwoHosts(Kind, "");
        hosts.Connect();
        hosts.LoseOneOf(packets: 20);
        Assert.Equal("whole", hosts.Client.Ask("talk 1000000"));
        Assert.True(hosts.Lost() > 0);
        Assert.Equal("1 open, 0 failures", hosts.Server.Ask("state"));
    }

    [PeerFact(Peers.Root, Peers.Ip, TwoHosts.Firewall, TwoHosts.Unshare)]
    public void A_server_that_vanishes_before_the_connection_is_made_is_a_timeout_of_ours()
    {
        using var hosts = new TwoHosts(Kind, "");
        hosts.Cut();
        Assert.StartsWith("failed ConnectTimeoutException: ",
            hosts.Client.Ask($"client tcp:10.77.0.1:{hosts.Port}:timeout=1"), StringComparison.Ordinal);
        hosts.Heal();
        hosts.Connect();
    }
}
