namespace Twisted.Conformance.Scenarios;

// Losing, aborting, resetting, half closing.
public static partial class ReactorScenarios
{
    private static Deferred LoseInMade(ScenarioRun run) => Pair(run, new Hooks { Made = Lose }, new Hooks());

    private static Deferred WriteThenLose(ScenarioRun run) => Pair(run, new Hooks
    {
        Made = server =>
        {
            server.Transport.Write(new byte[Big]);
            Lose(server);
        },
    }, new Hooks());

    private static Deferred LoseThenWrite(ScenarioRun run) => Pair(run, new Hooks
    {
        Made = server =>
        {
            server.Transport.Write("aaaaaaaaaa");
            Lose(server);
            server.Attempt("write", () => server.Transport.Write("bbbbbbbbbb"));
        },
    }, new Hooks());

    private static Deferred LoseLoseAbort(ScenarioRun run) => Pair(run, new Hooks
    {
        Made = server =>
        {
            Lose(server);
            Lose(server);
            Abort(server);
        },
    }, new Hooks());

    private static Deferred AbortInData(ScenarioRun run) => Pair(run, new Hooks
    {
        Data = server =>
        {
            Abort(server);
            server.Note("after abort");
        },
    }, new Hooks { Made = Write("hello") });

    private static Deferred AbortAfterWrite(ScenarioRun run) => Pair(run, new Hooks
    {
        Made = server =>
        {
            server.Transport.Write(new byte[Big]);
            Abort(server);
        },
    }, new Hooks());

    private static Deferred HalfClose(ScenarioRun run) => Pair(run, new Hooks
    {
        HalfCloses = true,
        ReadLost = server =>
        {
            server.Transport.Write("answer");
            Lose(server);
        },
    }, new Hooks { HalfCloses = true, Made = Ask }, neverLost: "client");

    private static Deferred HalfClosePlain(ScenarioRun run) => Pair(run, new Hooks(),
        new Hooks { HalfCloses = true, Made = Ask }, neverLost: "client");

    private static Deferred WriteAfterHalfClose(ScenarioRun run) => Pair(run,
        new Hooks { HalfCloses = true, ReadLost = Lose },
        new Hooks
        {
            HalfCloses = true,
            Made = Ask,
            WriteLost = client => client.Attempt("write", () => client.Transport.Write("late")),
        }, neverLost: "client");

    private static void Ask(Recorder client)
    {
        client.Transport.Write("ask");
        client.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
    }

    private static Deferred PeerReset(ScenarioRun run) =>
        Pair(run, new Hooks(), new Hooks { Made = Later(0.02, Abort) });

    private static Deferred ResetMidWrite(ScenarioRun run) => Pair(run,
        new Hooks { Made = server => server.Transport.Write(new byte[Big]) },
        new Hooks
        {
            Made = client =>
            {
                client.Transport.PauseProducing();
                Later(0.05, Abort)(client);
            },
        });

    private static Deferred CallsInLost(ScenarioRun run) => Pair(run, new Hooks
    {
        Lost = server =>
        {
            server.Attempt("write", () => server.Transport.Write("x"));
            server.Attempt("writeSequence", () =>
            {
                server.Transport.Write("a");
                server.Transport.Write("b");
            });
            server.Attempt("lose", () => Lose(server));
            server.Attempt("abort", () => Abort(server));
        },
    }, new Hooks { Made = Lose });

    private static Deferred BadWrite(ScenarioRun run) => Pair(run, new Hooks
    {
        Made = server =>
        {
            server.Attempt("None", () => server.Transport.Write((byte[])null!));
            server.Attempt("empty", () => server.Transport.Write(""u8));
            Lose(server);
        },
    }, new Hooks());
}
