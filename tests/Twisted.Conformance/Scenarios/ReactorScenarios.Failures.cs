using System.Runtime.CompilerServices;

namespace Twisted.Conformance.Scenarios;

// Exceptions of user code in each callback, and Deferreds.
public static partial class ReactorScenarios
{
    private static Deferred ThrowInMade(ScenarioRun run) =>
        Pair(run, new Hooks { Made = Throw }, new Hooks { Made = Later(0.05, Lose) });

    private static Deferred ThrowInData(ScenarioRun run) =>
        Pair(run, new Hooks { Data = Throw }, new Hooks { Made = Write("hello") });

    private static Deferred ThrowInLost(ScenarioRun run) => TwoClients(run,
        run.Server(new Hooks { Lost = Throw, Data = EchoBack }), Lose);

    private static Deferred ThrowInBuild(ScenarioRun run) => TwoClients(run,
        run.Server(new Hooks { Data = EchoBack },
            number => number > 1 ? true : throw new DivideByZeroException("user code")), Later(0.2, Lose));

    private static Deferred BuildNone(ScenarioRun run) =>
        Pair(run, new Hooks(), new Hooks(), build: _ => false);

    private static async Deferred TwoClients(ScenarioRun run, int port, Action<Recorder> firstMade)
    {
        await run.Client(port, new Hooks { Made = firstMade }, "client1");
        await run.Wait(0.05);
        await run.Client(port, new Hooks { Made = Write("ping"), Data = Lose }, "client2");
        await run.Wait(0.05);
        await run.AllLost();
    }

    private static Deferred Deferreds(ScenarioRun run)
    {
        void Note(string text) => run.Note("d", text);

        var fired = new Deferred<int>();
        fired.Callback(1);
        try
        {
            fired.Callback(2);
        }
        catch (AlreadyCalledException failure)
        {
            Note("second callback: " + TwistedNames.Of(failure));
        }
        var cancelled = new Deferred<int>();
        cancelled.AddErrback((Exception failure) => Note("cancelled: " + TwistedNames.Of(failure)));
        cancelled.Cancel();
        cancelled.Callback(3);
        Note("late callback after cancel ok");

        var outer = new Deferred<int>();
        var inner = new Deferred<int>();
        outer.AddCallback(_ => inner).AddCallback(value => Note($"chained {value}"));
        outer.Callback(0);
        Note("waiting");
        inner.Callback(7);

        var order = new List<string>();
        var growing = new Deferred();
        growing.AddCallback(() =>
        {
            order.Add("outer");
            growing.AddCallback(() => order.Add("added inside"));
            order.Add("outer end");
        });
        growing.AddCallback(() => order.Add("second"));
        growing.Callback();
        Note(string.Join(' ', order));

        DropFailure();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Deferred.Succeed();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropFailure() => _ = Deferred.Fail(new DivideByZeroException());
}
