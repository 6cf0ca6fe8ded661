namespace Twisted.Tests;

public class HouseTests
{
    [Fact]
    public void A_chain_passes_its_value_on()
    {
        int seen = 0;
        var d = new Deferred<int>();
        d.AddCallback(n => n * 2).AddCallback(n => { seen = n; });
        d.Callback(21);
        Assert.Equal(42, seen);
    }

    [Fact]
    public void A_chain_of_200_000_waiting_Deferreds_unwinds_without_recursion()
    {
        var first = new Deferred<int>();
        Deferred<int> last = first;
        for (int i = 0; i < 200_000; i++)
        {
            Deferred<int> inner = last;
            last = Deferred.Succeed(0).AddCallback(_ => inner);
        }
        int seen = 0;
        last.AddCallback(n => { seen = n; });
        first.Callback(7);
        Assert.Equal(7, seen);
    }

    [Fact]
    public void Awaits_nest_200_000_deep()
    {
        var first = new Deferred<int>();
        Deferred<int> last = first;
        for (int i = 0; i < 200_000; i++)
            last = Next(last);
        int seen = 0;
        last.AddCallback(n => { seen = n; });
        first.Callback(7);
        Assert.Equal(200_007, seen);
    }

    private static async Deferred<int> Next(Deferred<int> d) => await d + 1;
}
