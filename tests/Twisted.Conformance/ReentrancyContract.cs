using Twisted.Conformance.Reentrancy;

namespace Twisted.Conformance;

/// <summary>
/// The grid: everything that user code may ask for, inside each of its callbacks, and an exception in each. What both
/// sides hear is what they hear in Twisted, named departures aside, and afterwards the loop works and nothing is left.
/// </summary>
public abstract class ReentrancyContract : ReentrancyGrid
{
    /// <summary>A row for each cell: the callback and what is done inside it.</summary>
    public static TheoryData<string, string> Grid
    {
        get
        {
            var grid = new TheoryData<string, string>();
            foreach ((string callback, string operation) in AllCells().Where(cell => cell.Operation != GridScene.Throw))
                grid.Add(callback, operation);
            return grid;
        }
    }

    public static TheoryData<string> Callbacks => [.. GridCallbacks.All.Keys];

    [Fact]
    public void The_tables_have_a_line_for_each_cell_and_a_departure_departs()
    {
        Assert.Equal(AllCells().Order(), GridTable.Twisted.Keys.Order());
        foreach (((string callback, string operation), GridTable.Line departure) in GridTable.Departures)
        {
            string[] chance = GridTable.Chance(callback, operation);
            var twisted = GridTable.Twisted[(callback, operation)].Transcript ?? [];
            Assert.NotEqual(GridTable.Text(twisted, chance), GridTable.Text(departure.Transcript!, chance));
            Assert.False(string.IsNullOrWhiteSpace(departure.Reason));
        }
    }

    [Theory]
    [MemberData(nameof(Grid))]
    public void Inside(string callback, string operation) => Play(callback, operation);

    [Theory]
    [MemberData(nameof(Callbacks))]
    public void An_exception_in(string callback)
    {
        Play(callback, GridScene.Throw);
        // Out of StartFactory it reaches the one who listens, out of an observer the other observers.
        Assert.Equal(callback is "startFactory" or "logObserver" ? 0 : 1, Reported.Count);
        Assert.All(Reported, failure => Assert.Equal("user code", failure.Exception.Message));
    }
}
