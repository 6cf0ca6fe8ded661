using Twisted.Benchmarks;
using Twisted.Benchmarks.Wire;

namespace Twisted.Tests.Benchmarks.Wire;

public class WireServerTests
{
    private static readonly WireScenario Ping = new("pp", "ping", 1, 32, 1, "");

    private static string Failure(string script) => Assert.Throws<BenchException>(() =>
        WireEntrant.Start(new BenchFolders(), Ping, new WirePeer("peer", "sh", ["sh", "-c", script]),
            WireCores.Choose())).Message;

    [Fact]
    public void A_peer_that_does_not_start_is_named_with_its_last_word() =>
        Assert.Equal("peer: it did not start: no such module", Failure("echo no such module >&2; exit 1"));

    [Fact]
    public void A_peer_that_says_nothing_is_named_too() => Assert.Equal("peer: it did not start", Failure("exit 3"));

    [PeerFact("gcc")]
    public void A_peer_that_only_says_that_it_listens_is_found_out()
    {
        NativePrograms.Build(new BenchFolders());
        Assert.Equal("peer: the load did not begin: connect: Connection refused",
            Failure("echo Listening on port 1; read line"));
    }
}
