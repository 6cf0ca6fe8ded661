namespace Twisted.Tests;

/// <summary>What of a long callback was its own work.</summary>
public class ReactorStallTests
{
    [Theory]
    [InlineData(25, 25, 0, 0, 25)] // it worked all the time
    [InlineData(25, 1, 0, 0, 1)]   // it waited, or the machine was busy
    [InlineData(25, 25, 20, 0, 5)] // a collection on its own thread
    [InlineData(25, 5, 20, 0, 0)]  // a collection on another thread, or an interrupted one: nothing is certain
    [InlineData(25, 25, 0, 24, 1)] // a first call
    [InlineData(25, 10, 20, 9, 0)] // never less than nothing
    public void Worked_is_what_is_left_without_collections_compiling_and_waiting(
        int elapsed, int processor, int collecting, int compiling, int worked) =>
        Assert.Equal(Milliseconds(worked), new ReactorStall("it", Milliseconds(elapsed), Milliseconds(processor),
            Milliseconds(collecting), Milliseconds(compiling)).Worked);

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
