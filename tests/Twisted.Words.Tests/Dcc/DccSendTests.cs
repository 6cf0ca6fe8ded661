using System.Buffers.Binary;
using Twisted.Testing;

namespace Twisted.Words.Tests;

public class DccSendTests : DccTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_001)]
    public void A_file_goes_from_one_client_to_another(int length)
    {
        byte[] content = Bytes(length);
        Deferred sent = Alice.DccSend("bob", NewFile("a b.bin", content));
        Settle();
        DccOffer offer = Assert.Single(Bob.Offers);
        Assert.Equal(("alice!u@h", "a b.bin", length), (offer.User, offer.FileName, offer.Size));
        Deferred<string> received = Bob.DccAccept(offer, Inbox);
        Settle();
        string path = received.SuccessResult();
        sent.SuccessResult();
        Assert.Equal(Path.Combine(Inbox, "a b.bin"), path);
        Assert.Equal(content, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(Inbox));
        Reactor.Reactor.AssertClean();
    }

    [Fact]
    public void A_file_is_resumed_in_the_middle()
    {
        byte[] content = Bytes(200_000);
        File.WriteAllBytes(Path.Combine(Inbox, "f.bin.part"), content[..150_000]);
        Deferred sent = Alice.DccSend("bob", NewFile("f.bin", content));
        Settle();
        Deferred<string> received = Bob.DccAccept(Bob.Offers[0], Inbox, resume: true);
        Settle();
        Assert.Equal(content, File.ReadAllBytes(received.SuccessResult()));
        sent.SuccessResult();
        int port = Bob.Offers[0].Port;
        Assert.Equal(
            [$"bob: PRIVMSG alice :~DCC RESUME f.bin {port} 150000~",
                $"alice: PRIVMSG bob :~DCC ACCEPT f.bin {port} 150000~"], Said[1..]);
        Reactor.Reactor.AssertClean();
    }

    [Fact]
    public void Acknowledgements_wrap_in_a_file_of_more_than_4_GiB()
    {
        const long Start = uint.MaxValue - 100_000L;
        byte[] tail = Bytes(300_000);
        string path = NewFile("f.bin", []);
        WriteAt(path, Start, tail);
        File.WriteAllBytes(Path.Combine(Inbox, "f.bin.part"), []);
        WriteAt(Path.Combine(Inbox, "f.bin.part"), Start - 1, [0]); // sparse: it takes no room
        Deferred sent = Alice.DccSend("bob", path);
        Settle();
        Deferred<string> received = Bob.DccAccept(Bob.Offers[0], Inbox, resume: true);
        Settle();
        sent.SuccessResult();
        using FileStream file = File.OpenRead(received.SuccessResult());
        file.Position = Start;
        byte[] got = new byte[tail.Length];
        file.ReadExactly(got);
        Assert.Equal(Start + tail.Length, file.Length);
        Assert.Equal(tail, got);
    }

    [Fact]
    public void An_offer_that_nobody_takes_ends_and_its_port_is_closed()
    {
        Deferred sent = Alice.DccSend("bob", NewFile("f.bin", Bytes(10)));
        Settle();
        Clock.Advance(TimeSpan.FromSeconds(119));
        sent.AssertNoResult();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<TimeoutException>(Failure(sent));
        Assert.Throws<ConnectionRefusedException>(() => Reactor.Connect(Bob.Offers[0].Port));
        Reactor.Reactor.AssertClean();
    }

    [Fact]
    public void Only_the_first_who_connects_gets_it()
    {
        Alice.DccSend("bob", NewFile("f.bin", "content"u8.ToArray()));
        Settle();
        MemoryPeer first = Reactor.Connect(Bob.Offers[0].Port);
        Settle();
        Assert.Equal("content", first.Received);
        Assert.Throws<ConnectionRefusedException>(() => Reactor.Connect(Bob.Offers[0].Port));
        first.Send([0, 0, 0, 7]);
        Settle();
        Assert.False(first.IsConnected);
        Reactor.Reactor.AssertClean();
    }

    [Fact]
    public void A_peer_that_takes_nothing_is_left()
    {
        Deferred sent = TakenBy(new Reader(), Bytes(10_000_000));
        Clock.Advance(TimeSpan.FromSeconds(119));
        sent.AssertNoResult();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<TimeoutException>(Failure(sent));
        Assert.Empty(Clock.DelayedCalls);
    }

    [Fact]
    public void A_peer_that_only_repeats_itself_is_left()
    {
        Deferred sent = Taken(out MemoryPeer peer, Bytes(1000));
        peer.Send(Number(100));
        Clock.Advance(TimeSpan.FromSeconds(119));
        peer.Send(Number(100));
        sent.AssertNoResult();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<TimeoutException>(Failure(sent));
        Reactor.Reactor.AssertClean();
    }

    [Fact]
    public void A_slow_peer_makes_the_file_wait_on_the_disk()
    {
        const int Length = 10_000_000;
        var reader = new Reader();
        Deferred sent = TakenBy(reader, new byte[Length]);
        Assert.Empty(reader.Received);
        WriteAt(Path.Combine(Path.GetDirectoryName(Inbox)!, "f.bin"), 1_000_000, [7]); // it has not been read yet
        reader.Transport.ResumeProducing();
        Settle();
        Assert.Equal(Length, reader.Received.Count);
        Assert.Equal(7, reader.Received[1_000_000]);
        sent.AssertNoResult(); // it has not said so
        reader.Transport.Write(Number(Length - 1));
        Settle();
        sent.AssertNoResult();
        foreach (byte one in Number(Length))
        {
            reader.Transport.Write([one]);
            Settle();
        }
        sent.SuccessResult();
    }

    [Theory]
    [InlineData(11u)] // more than was sent
    [InlineData(0xFFFF_FFFFu)] // going back
    public void A_peer_that_acknowledges_what_was_not_sent_is_left(uint count)
    {
        Deferred sent = Taken(out MemoryPeer peer, Bytes(10));
        peer.Send(Number(5));
        peer.Send(Number(count));
        Settle();
        Assert.IsType<IrcException>(Failure(sent));
        Assert.False(peer.IsConnected);
    }

    [Fact]
    public void A_peer_that_goes_early_has_not_got_it()
    {
        Deferred sent = Taken(out MemoryPeer peer, Bytes(10));
        peer.Send(Number(9));
        peer.Close();
        Settle();
        Assert.Contains("9 of 10", Assert.IsType<IrcException>(Failure(sent)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_the_offer_and_the_transfer()
    {
        Deferred offered = Alice.DccSend("bob", NewFile("f.bin", Bytes(10)));
        Settle();
        offered.Cancel();
        Settle();
        Assert.IsType<CancelledException>(Failure(offered));
        Assert.Throws<ConnectionRefusedException>(() => Reactor.Connect(Bob.Offers[0].Port));

        Deferred begun = Taken(out MemoryPeer peer, Bytes(10));
        begun.Cancel();
        Settle();
        Assert.IsType<CancelledException>(Failure(begun));
        Assert.False(peer.IsConnected);
        Reactor.Reactor.AssertClean();
    }

    [Theory]
    [InlineData("mallory", 0, 5)]  // another user
    [InlineData("bob", 1, 5)]      // another port
    [InlineData("bob", 0, 0)]
    [InlineData("bob", 0, 10)]     // nothing is left
    public void A_wrong_RESUME_is_not_accepted(string user, int portsAway, int position)
    {
        Alice.DccSend("bob", NewFile("f.bin", "0123456789"u8.ToArray()));
        Settle();
        int port = Bob.Offers[0].Port;
        Said.Clear();
        Tell(Alice, user, $"\u0001DCC RESUME f.bin {port + portsAway} {position}\u0001");
        Assert.Empty(Said);
        Assert.Equal("0123456789", Received(port));
    }

    [Fact]
    public void What_was_sent_already_is_not_resumed()
    {
        Alice.DccSend("bob", NewFile("f.bin", "0123456789"u8.ToArray()));
        Settle();
        int port = Bob.Offers[0].Port;
        Assert.Equal("0123456789", Received(port));
        Said.Clear();
        Tell(Alice, "bob", $"\u0001DCC RESUME f.bin {port} 5\u0001");
        Assert.Empty(Said);
    }

    [Fact]
    public void Only_so_many_offers_stand_at_a_time()
    {
        string path = NewFile("f.bin", Bytes(10));
        var first = Enumerable.Range(0, 10).Select(_ => Alice.DccSend("bob", path)).ToList();
        Assert.IsType<QueueOverflowException>(Failure(Alice.DccSend("bob", path)));
        first[0].Cancel();
        Settle();
        Alice.DccSend("bob", path);
        Settle();
        Assert.Equal(10, Reactor.TcpServers.Count);
        first[0].AddErrback(_ => { });
    }

    [Fact]
    public void A_port_of_the_range_is_taken()
    {
        Reactor.Reactor.ListenTcp(5000, () => new Nobody());
        DccClient carol = Add("carol", Local with { FirstPort = 5000, LastPort = 5001 });
        string path = NewFile("f.bin", Bytes(10));
        carol.DccSend("bob", path);
        Settle();
        Assert.Equal(5001, Bob.Offers[0].Port);
        Deferred second = carol.DccSend("bob", path);
        Settle();
        Assert.IsType<CannotListenException>(Failure(second));
    }

    [Fact]
    public void What_cannot_be_offered_is_told()
    {
        Assert.Throws<ArgumentException>(() => Alice.DccSend("bob", "folder/.profile"));
        Assert.Throws<ArgumentException>(() => Alice.DccSend("b ob", "file"));
        Deferred missing = Alice.DccSend("bob", Path.Combine(Inbox, "nothing.bin"));
        Settle();
        Assert.IsType<FileNotFoundException>(Failure(missing));
        Disconnect(Alice);
        Deferred late = Alice.DccSend("bob", NewFile("f.bin", Bytes(10)));
        Settle();
        Assert.IsType<IrcException>(Failure(late));
        Assert.Throws<InvalidOperationException>(
            () => new DccClient(new VirtualClock(), "n", Local).DccSend("bob", "file"));
    }

    private Deferred Taken(out MemoryPeer peer, byte[] content)
    {
        Bob.Offers.Clear();
        Deferred sent = Alice.DccSend("bob", NewFile("f.bin", content));
        Settle();
        peer = Reactor.Connect(Bob.Offers[0].Port);
        return sent;
    }

    private Deferred TakenBy(Protocol peer, byte[] content)
    {
        Deferred sent = Alice.DccSend("bob", NewFile("f.bin", content));
        Settle();
        Reactor.Reactor.ConnectTcp("127.0.0.1", Bob.Offers[0].Port, ClientFactory.For(() => peer));
        Settle();
        return sent;
    }

    private string Received(int port)
    {
        MemoryPeer peer = Reactor.Connect(port);
        Settle();
        string received = peer.Received;
        peer.Send(Number(10));
        return received;
    }

    private static byte[] Number(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private static void WriteAt(string path, long position, byte[] content)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = position;
        file.Write(content);
    }

    private sealed class Nobody : Protocol;

    private sealed class Reader : Protocol
    {
        internal List<byte> Received { get; } = [];

        protected override void ConnectionMade() => Transport.PauseProducing();

        protected override void DataReceived(ReadOnlySpan<byte> data) => Received.AddRange(data);
    }
}
