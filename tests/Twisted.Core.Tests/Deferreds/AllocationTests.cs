namespace Twisted.Tests;

/// <summary>
/// The budget of DESIGN: a chain of one or two links costs its object and the delegates, nothing else.
/// </summary>
[Collection(AloneTests.Name)]
public class AllocationTests
{
    private const int Rounds = 1_000;

    private static readonly Func<int, int> AddOne = static n => n + 1;
    private static readonly Action<int> Drop = static _ => { };

    private static readonly long OfTheObject = BytesOf(static () => new Deferred<int>().Callback(1));

    [Fact]
    public void One_link_costs_nothing_beyond_the_object()
    {
        Assert.Equal(OfTheObject, BytesOf(static () =>
        {
            var d = new Deferred<int>();
            d.AddCallback(AddOne);
            d.Callback(1);
        }));
    }

    [Fact]
    public void Two_links_cost_nothing_beyond_the_object()
    {
        Assert.Equal(OfTheObject, BytesOf(static () =>
        {
            var d = new Deferred<int>();
            d.AddCallback(AddOne);
            d.AddCallback(Drop);
            d.Callback(1);
        }));
    }

    [Fact]
    public void A_third_link_costs_an_array_so_that_this_test_can_fail()
    {
        Assert.NotEqual(OfTheObject, BytesOf(static () =>
        {
            var d = new Deferred<int>();
            d.AddCallback(AddOne);
            d.AddCallback(AddOne);
            d.AddCallback(AddOne);
            d.Callback(1);
        }));
    }

    private static long BytesOf(Action body)
    {
        for (int i = 0; i < 100; i++)
            body(); // the first calls make the shared instances of generic types
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
            body();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
