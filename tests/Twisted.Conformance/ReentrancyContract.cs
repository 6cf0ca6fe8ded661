using Twisted.Conformance.Reentrancy;
using Twisted.Conformance.Scenarios;

namespace Twisted.Conformance;

/// <summary>
/// The grid: everything that user code may ask for, inside each of its callbacks, and an exception in each. What both
/// sides hear is what they hear in Twisted, named departures aside, and afterwards the loop works and nothing is left.
/// </summary>
public abstract class ReentrancyContract : ReactorContract
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    /// <summary>A row for each cell: the callback and what is done inside it.</summary>
    public static TheoryData<string, string> Grid => Cells(GridOperations.All.Keys);

    public static TheoryData<string> Callbacks => [.. GridCallbacks.All.Keys];

    [Fact]
    public void The_tables_have_a_line_for_each_cell_and_a_departure_departs()
    {
        IEnumerable<string> operations = [.. GridOperations.All.Keys, GridScene.Throw];
        var cells = GridCallbacks.All.Keys.SelectMany(
            callback => operations.Select(operation => (callback, operation)));
        Assert.Equal(cells.Order(), GridTable.Twisted.Keys.Order());
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
        // Out of StartFactory it reaches the one who listens.
        Assert.Equal(callback == "startFactory" ? 0 : 1, Reported.Count);
        Assert.All(Reported, failure => Assert.Equal("user code", failure.Exception.Message));
    }

    private void Play(string callback, string operation)
    {
        IReactor reactor = Create();
        var scene = new GridScene(reactor, callback, operation);
        Exception? failure = null;
        IReadOnlyList<string> left = [];
        reactor.CallWhenRunning(() =>
        {
            IDelayedCall limit = reactor.CallLater(Deadline, () =>
            {
                scene.Note("cell", "STUCK");
                reactor.Stop();
            });
            scene.Play().AddBoth(outcome =>
            {
                failure = outcome.Failure;
                limit.Cancel();
                if (operation == "stopReactor")
                    return;
                left = Leftovers(reactor);
                reactor.Stop();
            });
        });
        reactor.Run();
        if (Reported.Count > 0)
            scene.EventsOf("unhandled").AddRange(Reported.Select(report => TwistedNames.Of(report.Exception)));
        scene.Transcript.Remove("echo client");
        scene.Transcript.Remove("echo server");
        Assert.Null(failure);
        AssertSame(callback, operation, scene);
        Assert.Empty(left);
        foreach (Side side in scene.Sides.Values)
            AssertHeardOnce(side, scene, operation);
    }

    private static void AssertSame(string callback, string operation, GridScene scene)
    {
        string[] chance = GridTable.Chance(callback, operation);
        string expected = GridTable.Text(GridTable.Expected(callback, operation), chance);
        string here = GridTable.Text(scene.Transcript, chance);
        if (here != expected)
            Assert.Fail($"{operation} inside {callback}: expected\n{expected}\nbut here\n{here}");
    }

    /// <summary>Made first and once, lost last and once; who was exchanged has nobody to tell it of the end.</summary>
    private static void AssertHeardOnce(Side side, GridScene scene, string operation)
    {
        if (operation == GridScene.Throw && scene.Callback == "makeConnection" && side.Name == "server")
            return; // the exception came before it could hear of its connection
        List<string> events = scene.EventsOf(side.Name);
        bool wasExchanged = side.Name == "server" && scene.Sides.ContainsKey("exchanged");
        Assert.InRange(side.MadeCount, 0, 1);
        Assert.Equal(wasExchanged ? 0 : side.MadeCount, side.LostCount);
        if (side.Name.StartsWith("echo", StringComparison.Ordinal) || side.MadeCount == 0)
            return;
        Assert.Equal("made", events[0]);
        if (!wasExchanged)
            Assert.StartsWith("lost:", events[^1], StringComparison.Ordinal);
    }

    /// <summary>What is still open or pending, one line each.</summary>
    private static string[] Leftovers(IReactor reactor) => [.. ((ReactorBase)reactor).Leftovers()];

    private static TheoryData<string, string> Cells(IEnumerable<string> operations)
    {
        var cells = new TheoryData<string, string>();
        foreach (string callback in GridCallbacks.All.Keys)
        {
            foreach (string operation in operations)
                cells.Add(callback, operation);
        }
        return cells;
    }
}
