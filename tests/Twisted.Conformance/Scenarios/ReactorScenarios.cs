using System.Text.Json;

namespace Twisted.Conformance.Scenarios;

/// <summary>The scenarios whose transcripts real Twisted has written, for any reactor.</summary>
/// <remarks>
/// By theme in partials: Closing, HalfClose, Failures, Connecting, Timing. The ids are those of the transcripts.
/// </remarks>
public static partial class ReactorScenarios
{
    private const int Big = 4 * 1024 * 1024;

    private static readonly Dictionary<string, (string What, Func<ScenarioRun, Deferred> Body)> All = new()
    {
        ["lose_in_made"] = ("server loses in connectionMade", LoseInMade),
        ["write_then_lose"] = ("server writes 4 MiB then loses at once: every byte arrives first", WriteThenLose),
        ["lose_then_write"] = ("write after loseConnection in the same callback", LoseThenWrite),
        ["lose_lose_abort"] = ("loseConnection twice, abort after lose", LoseLoseAbort),
        ["abort_in_data"] =
            ("abort inside dataReceived; callback returns before connectionLost", AbortInData),
        ["abort_after_write"] =
            ("abort right after a 4 MiB write: connectionLost exactly once, no exception", AbortAfterWrite),
        ["exc_made"] = ("user exception in server connectionMade", ThrowInMade),
        ["exc_data"] =
            ("user exception in dataReceived closes that connection with the exception as reason", ThrowInData),
        ["exc_lost"] = ("user exception in connectionLost; a second connection still works", ThrowInLost),
        ["exc_build"] = ("exception in buildProtocol: that client is closed, the next is served", ThrowInBuild),
        ["build_none"] = ("buildProtocol returns nothing: connection refused by closing it", BuildNone),
        ["stop_in_made"] =
            ("stopListening inside connectionMade: the accepted connection goes on", StopInMade),
        ["half_close"] = ("half close, server knows half close: it still answers", HalfClose),
        ["half_close_plain"] =
            ("half close, server does not know half close: plain connectionLost", HalfClosePlain),
        ["write_after_half_close"] = ("write after own half close is ignored", WriteAfterHalfClose),
        ["peer_reset"] = ("peer resets", PeerReset),
        ["reset_mid_write"] = ("peer resets while 4 MiB are pending", ResetMidWrite),
        ["calls_in_lost"] =
            ("write / writeSequence / lose / abort / pause inside connectionLost do nothing", CallsInLost),
        ["pause_resume"] =
            ("pauseProducing in dataReceived, resume 50 ms later: nothing lost", PauseResume),
        ["refused"] = ("refused connection", Refused),
        ["cancel_connect"] = ("stopConnecting at once", CancelConnect),
        ["producers"] =
            ("second registerProducer raises; lose waits for unregisterProducer", Producers),
        ["bad_write"] = ("str and None given to write", BadWrite),
        ["timers"] = ("timers: order, nesting, cancel, errors", Timers),
        ["from_thread"] = ("callFromThread keeps order; exception in one does not stop the rest", FromThread),
        ["udp_refused"] =
            ("UDP: one datagram to a closed port of a connected datagram socket", UdpRefused),
        ["deferreds"] = ("Deferred: callback twice, cancel, chain, error never handled", Deferreds),
    };

    /// <summary>The ids, in the order of the transcripts.</summary>
    public static IReadOnlyCollection<string> Ids => All.Keys;

    /// <summary>Runs one scenario on a new reactor, which it ends.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="reactor">A reactor that has not run yet.</param>
    /// <returns>The transcript as one line of JSON, as Twisted's oracle prints it.</returns>
    public static string Run(string id, IReactor reactor)
    {
        (string what, Func<ScenarioRun, Deferred> body) = All[id];
        var run = new ScenarioRun(reactor);
        var failures = new List<string>();
        string? answer = null;
        reactor.UnhandledFailure += failure =>
        {
            if (failure.Exception is not OperationCanceledException)
                failures.Add(TwistedNames.Of(failure.Exception));
        };
        reactor.CallWhenRunning(async () =>
        {
            IDelayedCall limit = reactor.CallLater(TimeSpan.FromSeconds(8), () =>
            {
                run.Note("driver", "FAILED TimeoutError");
                reactor.Stop();
            });
            try
            {
                await body(run);
            }
            catch (Exception failure)
            {
                run.Note("driver", $"FAILED {TwistedNames.Of(failure)}");
            }
            if (run.Port is not null)
                await run.Port.StopListening();
            await run.Wait(0.01);
            limit.Cancel();
            if (failures.Count > 0)
                run.EventsOf("logged errors").AddRange(failures.Order(StringComparer.Ordinal));
            answer = JsonSerializer.Serialize(new { id, what, transcript = run.Transcript }, Format);
            reactor.Stop(); // what is still open hears of it now, after the transcript
        });
        reactor.Run();
        return answer ?? JsonSerializer.Serialize(new { id, what, transcript = run.Transcript }, Format);
    }

    private static readonly JsonSerializerOptions Format = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One server, one client, until both have lost their connection.</summary>
    /// <param name="neverLost">An endpoint that is half closed on both sides and so, as in Twisted, stays.</param>
    private static async Deferred Pair(ScenarioRun run, Hooks server, Hooks client, Func<int, bool>? build = null,
        string? neverLost = null)
    {
        int port = run.Server(server, build);
        await run.Client(port, client);
        await run.Wait(0.05);
        await run.AllLost(neverLost);
        if (neverLost is not null)
            await run.Wait(0.05); // what comes late would be recorded
    }

    private static void Lose(Recorder protocol) => protocol.Transport.LoseConnection();

    private static void Abort(Recorder protocol) => protocol.Transport.AbortConnection();

    private static void Throw(Recorder protocol) => throw new DivideByZeroException("user code");

    private static void EchoBack(Recorder protocol) => protocol.Transport.Write(protocol.Latest);

    private static Action<Recorder> Write(string text) => protocol => protocol.Transport.Write(text);

    private static Action<Recorder> Later(double seconds, Action<Recorder> action) => protocol =>
        protocol.Run.Reactor.CallLater(TimeSpan.FromSeconds(seconds), action, protocol);
}
