using Twisted.Conformance.Scenarios;
using Twisted.Testing;

namespace Twisted.Conformance.Reentrancy;

/// <summary>Plays cells of the grid and checks what holds in each of them.</summary>
public abstract class ReentrancyGrid : ReactorContract
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    /// <summary>Every operation inside every callback, and an exception in each.</summary>
    protected static IEnumerable<(string Callback, string Operation)> AllCells() =>
        from callback in GridCallbacks.All.Keys
        from operation in GridOperations.All.Keys.Append(GridScene.Throw)
        select (callback, operation);

    /// <summary>Plays one cell on a new reactor.</summary>
    protected void Play(string callback, string operation)
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
        if (operation == "stopReactor") // its timers were still to come
            left = [.. Leftovers(reactor).Where(line => !line.StartsWith("a timer", StringComparison.Ordinal))];
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

    /// <summary>
    /// What is still open or pending, one line each, without the thread that called us from outside: it is still on its
    /// way back.
    /// </summary>
    private static string[] Leftovers(IReactor reactor) =>
        [.. Janitor.Leftovers(reactor).Where(line => !line.StartsWith("work in threads", StringComparison.Ordinal))];
}
