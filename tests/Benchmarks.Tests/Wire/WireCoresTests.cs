using Twisted.Benchmarks;
using Twisted.Benchmarks.Wire;

namespace Twisted.Tests.Benchmarks.Wire;

public class WireCoresTests
{
    [Theory]
    [InlineData("0-1", 0, 1)]
    [InlineData("2-3,8", 2, 3)]
    [InlineData("5,7", 5, 7)]
    [InlineData("0-63", 0, 1)]
    public void Server_and_load_get_the_first_two_cores_that_may_be_used(string list, int server, int load) =>
        Assert.Equal(new WireCores(server, load), WireCores.Parse(list));

    [Fact]
    public void One_core_is_too_few_and_it_says_so()
    {
        var failure = Assert.Throws<BenchException>(() => WireCores.Parse("3"));
        Assert.Equal("it may use core 3 only: server and load need a core each", failure.Message);
    }
}
