using Twisted.Testing;

namespace Twisted.Words.Tests;

public class DccReceiveTests : DccTest
{
    [Fact]
    public void An_offer_is_told_and_not_taken()
    {
        Tell(Bob, "alice", "\u0001DCC SEND \"..\\\\..\\\\tea time.txt\" 3232235777 5000 12\u0001");
        DccOffer offer = Assert.Single(Bob.Offers);
        Assert.Equal(("tea time.txt", "192.168.1.1", 5000, 12L),
            (offer.FileName, $"{offer.Address}", offer.Port, offer.Size));
        Assert.Empty(Reactor.TcpClients);
    }

    [Fact]
    public void What_is_no_offer_or_is_for_a_whole_channel_is_a_query_like_others()
    {
        Tell(Bob, "alice", "\u0001DCC SEND .bashrc 1 5000 12\u0001");
        Tell(Bob, "alice", "\u0001DCC XMIT f 1 5000 12\u0001");
        Tell(Bob, "alice", "\u0001DCC\u0001");
        Tell(Bob, "alice", "\u0001DCC SEND f 1 5000 12\u0001", target: "#channel");
        Assert.Equal(["DCC SEND .bashrc 1 5000 12", "DCC XMIT f 1 5000 12", "DCC ", "DCC SEND f 1 5000 12"],
            Bob.Queries);
        Assert.Empty(Bob.Offers);
    }

    [Fact]
    public void A_file_that_ends_early_is_removed()
    {
        Deferred<string> received = Bob.DccAccept(Offer(Sending(Bytes(5)), size: 10), Inbox);
        Settle();
        Assert.Contains("5 of the 10", Assert.IsType<IrcException>(Failure(received)).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Inbox));
        Assert.Empty(Clock.DelayedCalls);
    }

    [Fact]
    public void A_file_that_ends_early_is_kept_for_who_resumes()
    {
        Deferred<string> received = Bob.DccAccept(Offer(Sending(Bytes(5)), size: 10), Inbox, resume: true);
        Settle();
        Failure(received);
        Assert.Equal(Bytes(5), File.ReadAllBytes(Path.Combine(Inbox, "f.bin.part")));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(1_000_000)]
    public void No_more_is_taken_than_was_offered(int sent)
    {
        Deferred<string> received = Bob.DccAccept(Offer(Sending(Bytes(sent), closes: false), size: 10), Inbox);
        Settle();
        Assert.Equal(Bytes(sent)[..10], File.ReadAllBytes(received.SuccessResult()));
    }

    [Theory]
    [InlineData(17L << 30)]
    [InlineData(long.MaxValue)]
    [InlineData(null)]
    public void A_file_that_is_too_long_or_of_no_length_is_not_asked_for(long? size)
    {
        Deferred<string> received = Bob.DccAccept(Offer(5000, size), Inbox);
        Settle();
        Assert.IsType<IrcException>(Failure(received));
        Assert.Empty(Reactor.TcpClients);
        Assert.Empty(Directory.GetFiles(Inbox));
    }

    [Fact]
    public void A_hundred_MiB_are_the_most_unless_set()
    {
        DccClient carol = Add("carol", new DccOptions());
        DccOffer offer = Offer(5000, (100L << 20) + 1, address: "203.0.113.7");
        Deferred<string> tooLong = carol.DccAccept(offer, Inbox);
        Settle();
        Assert.IsType<IrcException>(Failure(tooLong));
        Deferred<string> received = carol.DccAccept(offer with { Size = 100L << 20 }, Inbox);
        Settle();
        Assert.Single(Reactor.TcpClients);
        received.Cancel();
        received.AddErrback(_ => "");
        Settle();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.0.9")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("192.0.2.2")] // where we are connected from
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001::1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("ff02::1")]
    public void No_offer_makes_us_connect_into_our_own_machine_or_network(string address)
    {
        DccClient carol = Add("carol", new DccOptions());
        Deferred<string> received = carol.DccAccept(Offer(5000, 10, address: address), Inbox);
        Settle();
        Assert.IsType<IrcException>(Failure(received));
        Assert.Empty(Reactor.TcpClients);
        Assert.Empty(Directory.GetFiles(Inbox));
    }

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.0.1")]
    [InlineData("2a00::1")]
    public void Others_are_connected_to(string address)
    {
        DccClient carol = Add("carol", new DccOptions());
        Deferred<string> received = carol.DccAccept(Offer(5000, 10, address: address), Inbox);
        Settle();
        Assert.Equal(address, Assert.Single(Reactor.TcpClients).Host);
        Failure(received);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("::")]
    public void Nobody_is_connected_to_where_nobody_can_be(string address)
    {
        Deferred<string> received = Bob.DccAccept(Offer(5000, 10, address: address), Inbox);
        Settle();
        Assert.IsType<IrcException>(Failure(received));
        Assert.Empty(Reactor.TcpClients);
    }

    [Fact]
    public void Nothing_is_overwritten()
    {
        string path = Path.Combine(Inbox, "f.bin");
        File.WriteAllText(path, "mine");
        int port = Sending(Bytes(10));
        Deferred<string> received = Bob.DccAccept(Offer(port, 10), Inbox);
        Settle();
        Assert.IsType<IOException>(Failure(received));
        Assert.Equal("mine", File.ReadAllText(path));

        File.WriteAllText(Path.Combine(Inbox, "g.bin.part"), "mine too");
        received = Bob.DccAccept(Offer(port, 10, "g.bin"), Inbox);
        Settle();
        Assert.IsType<IOException>(Failure(received));
        Assert.Equal("mine too", File.ReadAllText(Path.Combine(Inbox, "g.bin.part")));
    }

    [Fact]
    public void A_file_that_appears_meanwhile_is_not_overwritten_either()
    {
        byte[] content = Bytes(300_000);
        Alice.DccSend("bob", NewFile("f.bin", content));
        Settle();
        Deferred<string> received = Bob.DccAccept(Bob.Offers[0], Inbox);
        received.AddErrback(failure => failure is IOException ? "refused" : "other");
        File.WriteAllText(Path.Combine(Inbox, "f.bin"), "mine");
        Settle();
        Assert.Equal("refused", received.SuccessResult());
        Assert.Equal(["f.bin"], Directory.GetFiles(Inbox).Select(Path.GetFileName));
    }

    [Fact]
    public void A_partial_file_that_is_a_link_is_not_written_to()
    {
        string target = NewFile("target", "12345"u8.ToArray());
        File.CreateSymbolicLink(Path.Combine(Inbox, "f.bin.part"), target);
        Deferred<string> received = Bob.DccAccept(Offer(Sending(Bytes(10)), 10), Inbox, resume: true);
        Settle();
        Assert.IsType<IOException>(Failure(received));
        Assert.Equal("12345", File.ReadAllText(target));
    }

    [Theory]
    [InlineData(10, true)]  // whole already
    [InlineData(11, false)] // more than there is
    public void A_partial_file_of_another_length(int length, bool isWhole)
    {
        File.WriteAllBytes(Path.Combine(Inbox, "f.bin.part"), Bytes(length));
        Deferred<string> received = Bob.DccAccept(Offer(5000, 10), Inbox, resume: true);
        Settle();
        Assert.Empty(Reactor.TcpClients);
        if (isWhole)
            Assert.Equal(Bytes(10), File.ReadAllBytes(received.SuccessResult()));
        else
            Assert.IsType<IrcException>(Failure(received));
    }

    [Fact]
    public void Who_does_not_answer_RESUME_is_not_waited_for_and_others_cannot_answer()
    {
        File.WriteAllBytes(Path.Combine(Inbox, "f.bin.part"), Bytes(5));
        Deferred<string> received = Bob.DccAccept(Offer(5000, 10), Inbox, resume: true);
        Settle();
        Tell(Bob, "mallory", "\u0001DCC ACCEPT f.bin 5000 5\u0001");
        Tell(Bob, "alice", "\u0001DCC ACCEPT f.bin 5001 5\u0001");
        Tell(Bob, "alice", "\u0001DCC ACCEPT f.bin 5000 4\u0001");
        Assert.Empty(Reactor.TcpClients);
        received.AssertNoResult();
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<TimeoutException>(Failure(received));
        Assert.Equal(5, new FileInfo(Path.Combine(Inbox, "f.bin.part")).Length);
        Reactor.Reactor.AssertClean();
    }

    [Fact]
    public void Who_stops_sending_is_left()
    {
        Deferred<string> received = Bob.DccAccept(Offer(Sending(Bytes(5), closes: false), 10), Inbox);
        Settle();
        Clock.Advance(TimeSpan.FromSeconds(119));
        received.AssertNoResult();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<TimeoutException>(Failure(received));
        Assert.Empty(Directory.GetFiles(Inbox));
    }

    [Fact]
    public void Nobody_there_is_told()
    {
        Deferred<string> received = Bob.DccAccept(Offer(5000, 10), Inbox);
        Settle();
        Assert.IsType<ConnectionRefusedException>(Failure(received));
        Assert.Empty(Directory.GetFiles(Inbox));
        Reactor.Reactor.AssertClean();
    }

    [Fact]
    public void Cancelling_ends_the_transfer_and_removes_the_file()
    {
        Deferred<string> received = Bob.DccAccept(Offer(Sending(Bytes(5), closes: false), 10), Inbox);
        Settle();
        received.Cancel();
        Settle();
        Assert.IsType<CancelledException>(Failure(received));
        Assert.Empty(Directory.GetFiles(Inbox));
        Assert.Empty(Clock.DelayedCalls);
    }

    [Fact]
    public void An_offer_that_was_made_up_is_no_way_out_of_the_folder()
    {
        Deferred<string> received = Bob.DccAccept(Offer(Sending(Bytes(10)), 10, "../f.bin"), Inbox);
        Settle();
        Assert.IsType<IrcException>(Failure(received));
        Assert.Throws<ArgumentException>(
            () => Bob.DccAccept(new DccOffer { Kind = DccKind.Chat, Port = 5000 }, Inbox));
        Deferred<string> passive = Bob.DccAccept(Offer(0, 10), Inbox);
        Settle();
        Assert.IsType<IrcException>(Failure(passive));
    }
}
