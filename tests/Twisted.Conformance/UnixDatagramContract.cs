using System.Text;

namespace Twisted.Conformance;

/// <summary>UNIX datagram sockets.</summary>
public abstract class UnixDatagramContract : ReactorContract
{
    private static IListeningPort Listen(IReactor reactor, string path, Datagrams protocol) =>
        ((IReactorUnixDatagrams)reactor).ListenUnixDatagram(path, protocol);

    [Fact]
    public void A_datagram_is_answered_in_the_file_system_and_by_abstract_names() => Run(async reactor =>
    {
        foreach (string mark in new[] { "", "\0" })
        {
            string serverPath = mark + Folder.Fresh();
            string clientPath = mark + Folder.Fresh();
            var server = new Datagrams { Answers = true };
            var client = new Datagrams();
            IListeningPort one = Listen(reactor, serverPath, server);
            IListeningPort two = Listen(reactor, clientPath, client);
            client.Transport.Write("ping"u8, serverPath);
            await Until(reactor, () => client.Received.Count == 1);
            Assert.Equal((clientPath, "ping"), Assert.Single(server.Received));
            Assert.Equal((serverPath, "ping"), Assert.Single(client.Received));
            await one.StopListening();
            await two.StopListening();
            Assert.Equal((1, 1), (server.Started, server.Stopped));
            Assert.Empty(Folder.Contents());
        }
    });

    [Fact]
    public void A_connected_port_names_no_peer_and_is_answered_when_it_has_a_path() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        var server = new Datagrams { Answers = true };
        Listen(reactor, path, server);
        var named = new Datagrams();
        var unnamed = new Datagrams();
        var able = (IReactorUnixDatagrams)reactor;
        able.ConnectUnixDatagram(path, named, Folder.Fresh());
        able.ConnectUnixDatagram(path, unnamed);
        unnamed.Transport.Write("who?"u8);
        named.Transport.Write("me"u8);
        named.Transport.Write("me"u8, path);
        await Until(reactor, () => named.Received.Count == 2);
        Assert.Equal((null, "who?"), server.Received[0]);
        Assert.Equal((path, "me"), named.Received[0]);
        Assert.Equal("", unnamed.Transport.Host.Host);
        Assert.Throws<InvalidOperationException>(() => named.Transport.Write("x"u8, path + "2"));
        Assert.Throws<InvalidOperationException>(() => server.Transport.Write("x"u8));
    });

    [Fact]
    public void Nobody_to_connect_to_is_told_and_leaves_nothing_behind() => Run(reactor =>
    {
        var protocol = new Datagrams();
        Assert.ThrowsAny<ConnectException>(() => ((IReactorUnixDatagrams)reactor).ConnectUnixDatagram(
            Folder.Fresh(), protocol, Folder.Fresh()));
        Assert.Equal(0, protocol.Started);
        Assert.Empty(Folder.Contents());
        return Deferred.Succeed();
    });

    [Fact]
    public void A_peer_that_has_gone_refuses_and_the_port_goes_on() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        IListeningPort port = Listen(reactor, path, new Datagrams());
        var client = new Datagrams();
        ((IReactorUnixDatagrams)reactor).ConnectUnixDatagram(path, client);
        await port.StopListening();
        client.Transport.Write("anybody?"u8);
        await Until(reactor, () => client.Refused == 1);
        Assert.Equal(0, client.Stopped);
        var free = new Datagrams();
        Listen(reactor, Folder.Fresh(), free);
        free.Transport.Write("nobody there"u8, path);
        free.Transport.Write("myself"u8, free.Transport.Host.ToString()!);
        await Until(reactor, () => free.Received.Count == 1);
    });

    [Fact]
    public void A_name_that_is_taken_is_refused_and_a_datagram_can_be_too_long() => Run(reactor =>
    {
        string path = Folder.Fresh();
        var server = new Datagrams();
        Listen(reactor, path, server);
        Assert.Throws<CannotListenException>(() => Listen(reactor, path, new Datagrams()));
        Assert.Throws<MessageLengthException>(() => server.Transport.Write(new byte[10_000_000], path));
        return Deferred.Succeed();
    });

    [Fact]
    public void A_full_receiver_loses_datagrams_and_stops_nobody() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        var server = new Datagrams();
        Listen(reactor, path, server);
        for (int i = 0; i < 5000; i++)
            server.Transport.Write(Encoding.ASCII.GetBytes($"{i}"), path);
        await Until(reactor, () => server.Received.Count > 0);
        await Wait(reactor, 0.02);
        Assert.InRange(server.Received.Count, 1, 4999);
        Assert.Equal((path, "0"), server.Received[0]);
    });

    private sealed class Datagrams : UnixDatagramProtocol
    {
        public List<(string? From, string Text)> Received { get; } = [];

        public bool Answers { get; init; }

        public int Refused { get; private set; }

        public int Started { get; private set; }

        public int Stopped { get; private set; }

        protected override void StartProtocol() => Started++;

        protected override void DatagramReceived(ReadOnlySpan<byte> data, string? from)
        {
            Received.Add((from, Encoding.ASCII.GetString(data)));
            if (Answers && from is not null)
                Transport.Write(data, from);
        }

        protected override void ConnectionRefused() => Refused++;

        protected override void StopProtocol() => Stopped++;
    }
}
