namespace Twisted.Words.Tests;

/// <summary>It counts the memory of the process.</summary>
[Collection(AloneTests.Name)]
public class DccStormTests : DccTest
{
    [Fact]
    public void A_storm_of_offers_and_answers_leaves_nothing_behind()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 10_000; i++)
        {
            Tell(Bob, "alice", $"\u0001DCC SEND {new string('x', 200)} 1 5000 {long.MaxValue}\u0001");
            Tell(Bob, "alice", "\u0001DCC ACCEPT f 5000 5\u0001");
            Tell(Bob, "alice", "\u0001DCC RESUME f 5000 5\u0001");
            Bob.Offers.Clear();
        }
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 1_000_000);
        Assert.Empty(Reactor.TcpClients);
        Assert.Empty(Said);
    }
}
