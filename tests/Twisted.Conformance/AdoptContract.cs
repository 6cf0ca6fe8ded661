using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Conformance;

/// <summary>Sockets that somebody else has opened.</summary>
public abstract class AdoptContract : ReactorContract
{
    private static IReactorAdopt Able(IReactor reactor) => (IReactorAdopt)reactor;

    private static Socket Tcp() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>What a parent hands to a child: a number, of no particular type.</summary>
    private static SafeFileHandle Hand(Socket socket)
    {
        SafeSocketHandle handle = socket.SafeHandle;
        var bare = new SafeFileHandle(handle.DangerousGetHandle(), ownsHandle: true);
        handle.SetHandleAsInvalid();
        return bare;
    }

    [Fact]
    public void A_listening_socket_is_served_and_closed_when_its_port_stops() => Run(async reactor =>
    {
        Socket socket = Tcp();
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        int number = ((IPEndPoint)socket.LocalEndPoint!).Port;
        var server = new Probe();
        var client = new Probe();
        using SafeHandle handle = Hand(socket);
        IListeningPort port = Able(reactor).AdoptStreamPort(handle, Factory.For(() => server));
        Assert.True(handle.IsInvalid || handle.IsClosed);
        Assert.Equal(number, port.Host.Port);
        reactor.ConnectTcp("127.0.0.1", number, new ProbeClientFactory(client));
        await Deferred.GatherResults([server.Made, client.Made]);
        Assert.Equal(client.Transport.Host, server.Transport.Peer);
        await port.StopListening();
        Assert.Throws<CannotListenException>(port.StartListening);
        await reactor.ListenTcp(number, Factory.For(() => server), "127.0.0.1").StopListening();
        client.Transport.LoseConnection();
    });

    [Fact]
    public void A_listening_UNIX_socket_keeps_its_name_when_its_port_stops() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        var client = new Probe();
        IListeningPort port = Able(reactor).AdoptStreamPort(Hand(socket), Factory.For(() => new Probe()));
        ((IReactorUnix)reactor).ConnectUnix(path, new ProbeClientFactory(client));
        await client.Made;
        await port.StopListening();
        Assert.True(File.Exists(path));
        GC.KeepAlive(socket); // .NET removes the name of a socket that is collected
    });

    [Fact]
    public void A_connection_is_taken_over() => Run(async reactor =>
    {
        var server = new Probe { OnData = probe => probe.Transport.Write("answer"u8) };
        IListeningPort port = reactor.ListenTcp(0, Factory.For(() => server), "127.0.0.1");
        Socket socket = Tcp();
        socket.Connect(port.Host); // the system accepts it before we do
        var client = new Probe();
        ITransport transport = Able(reactor).AdoptStreamConnection(Hand(socket), Factory.For(() => client));
        Assert.Same(transport, client.Transport);
        Assert.Equal(port.Host, transport.Peer);
        transport.Write("question"u8);
        while (client.Received.Count < 6)
            await Wait(reactor, 0.002);
        transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await server.Lost);
        Assert.Equal("question"u8.ToArray(), server.Received.ToArray());
    });

    [Fact]
    public void A_connection_that_the_factory_refuses_is_closed() => Run(async reactor =>
    {
        var server = new Probe();
        IListeningPort port = reactor.ListenTcp(0, Factory.For(() => server), "127.0.0.1");
        Socket socket = Tcp();
        socket.Connect(port.Host); // the system accepts it before we do
        Assert.Throws<NoProtocolException>(
            () => Able(reactor).AdoptStreamConnection(Hand(socket), new ProbeClientFactory([null])));
        await server.Lost;
    });

    [Fact]
    public void A_UDP_socket_is_taken_over() => Run(async reactor =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var own = new Echo();
        var peer = new Echo { Silent = true };
        IListeningPort port = Able(reactor).AdoptDatagramPort(Hand(socket), own);
        reactor.ListenUdp(0, peer, "127.0.0.1");
        peer.Transport.Write("ping"u8, (IPEndPoint)port.Host);
        while (peer.Received == 0)
            await Wait(reactor, 0.002);
        await port.StopListening();
        Assert.Throws<CannotListenException>(port.StartListening);
    });

    [Fact]
    public void A_wrong_kind_of_descriptor_is_refused_and_stays_its_owners() => Run(reactor =>
    {
        IReactorAdopt able = Able(reactor);
        using Socket idle = Tcp();
        using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        string path = Folder.Fresh();
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var factory = Factory.For(() => new Probe());
        foreach (Action adopt in new Action[]
        {
            () => able.AdoptStreamPort(idle.SafeHandle, factory),
            () => able.AdoptStreamPort(datagrams.SafeHandle, factory),
            () => able.AdoptStreamPort(file, factory),
            () => able.AdoptStreamConnection(idle.SafeHandle, factory),
            () => able.AdoptStreamConnection(datagrams.SafeHandle, factory),
            () => able.AdoptStreamConnection(file, factory),
            () => able.AdoptDatagramPort(idle.SafeHandle, new Echo()),
            () => able.AdoptDatagramPort(file, new Echo()),
        })
        {
            Assert.Contains("Descriptor ", Assert.Throws<ArgumentException>(adopt).Message, StringComparison.Ordinal);
        }
        RandomAccess.Write(file, "mine"u8, 0);
        datagrams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        idle.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return Deferred.Succeed();
    });

    private sealed class Echo : DatagramProtocol
    {
        public bool Silent { get; init; }

        public int Received { get; private set; }

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
        {
            Received++;
            if (!Silent)
                Transport.Write(data, from);
        }
    }
}
