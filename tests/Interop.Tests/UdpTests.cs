using System.Net;
using System.Text;
using Twisted.Internet;

namespace Interop.Tests;

/// <summary>UDP and groups, on the loopback interface, with socat and the original, in both directions.</summary>
public class UdpTests
{
    private static readonly IPAddress Group = IPAddress.Parse("239.255.77.2");

    [PeerFact(Peers.Socat)]
    public Task Socat_is_answered() => OnReactor.Run(async reactor =>
    {
        IListeningPort port = reactor.ListenUdp(0, new Answers(), "127.0.0.1");
        await using RunningProgram socat =
            RunningProgram.Start(Peers.Socat, "-", $"UDP:127.0.0.1:{((IPEndPoint)port.Host).Port}");
        await socat.Send("hello\n");
        Assert.Equal("heard hello", await socat.Line(_ => true));
    });

    [PeerFact(Peers.Socat)]
    public Task Socat_in_a_group_hears_us_and_we_hear_it() => OnReactor.Run(async reactor =>
    {
        var member = new Answers();
        IListeningPort port = Join(reactor, member);
        int number = ((IPEndPoint)port.Host).Port;
        await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-",
            $"UDP4-DATAGRAM:{Group}:{number},bind=:{number},reuseaddr,ip-add-membership={Group}:127.0.0.1,"
                + "ip-multicast-if=127.0.0.1,ip-multicast-loop=1");
        await socat.Send("hello\n"); // socat hears itself as well, and our answer comes by itself to its port
        Assert.Equal("hello", (await member.FirstHeard).TrimEnd());
        member.Transport.Write("to the group\n"u8, new IPEndPoint(Group, number));
        await socat.Line("to the group");
    });

    [PeerFact(Peers.Twisted)]
    public Task It_asks_us_and_we_ask_it() => OnReactor.Run(async reactor =>
    {
        IListeningPort port = reactor.ListenUdp(0, new Answers(), "127.0.0.1");
        await using RunningProgram client = Python.Start("udp_peer.py", "ask", $"{((IPEndPoint)port.Host).Port}");
        Assert.Equal("heard question\n", await client.Succeeds());

        await using RunningProgram server = await RunningProgram.Listen(Python.Script("udp_peer.py", "echo"));
        var asking = new Answers { Silent = true };
        reactor.ListenUdp(0, asking, "127.0.0.1");
        asking.Transport.Connect(new IPEndPoint(IPAddress.Loopback, server.Port));
        asking.Transport.Write("us"u8);
        Assert.Equal("twisted heard us", await asking.FirstHeard);
    });

    [PeerFact(Peers.Twisted)]
    public Task It_shares_a_group_with_us() => OnReactor.Run(async reactor =>
    {
        IListeningPort port = Join(reactor, new Answers());
        int number = ((IPEndPoint)port.Host).Port;
        await using RunningProgram caller = Python.Start("udp_peer.py", "call", $"{Group}", $"{number}");
        Assert.Equal("heard question\n", await caller.Succeeds());
        await port.DisposeAsync();

        var asking = new Answers { Silent = true };
        await using RunningProgram member = Python.Start("udp_peer.py", "member", $"{Group}", $"{number}");
        await member.Line("ready");
        Join(reactor, asking);
        asking.Transport.Write("us"u8, new IPEndPoint(Group, number));
        Assert.Equal("twisted heard us", await asking.FirstHeard);
    });

    private static IListeningPort Join(IReactor reactor, Answers protocol)
    {
        IListeningPort port = ((IReactorMulticast)reactor).ListenMulticast(0, protocol, listenMultiple: true);
        IMulticastTransport groups = protocol.Transport.GetRequired<IMulticastTransport>();
        groups.JoinGroup(Group, "127.0.0.1").Forget();
        groups.OutgoingInterface = "127.0.0.1";
        return port;
    }

    private sealed class Answers : DatagramProtocol
    {
        public bool Silent { get; init; }

        public Deferred<string> FirstHeard { get; } = new();

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
        {
            string text = Encoding.ASCII.GetString(data);
            if (!FirstHeard.IsFired)
                FirstHeard.Callback(text);
            if (!Silent)
                Transport.Write(Encoding.ASCII.GetBytes($"heard {text}"), from);
        }
    }
}
