using System.Net;
using System.Net.Sockets;

namespace Twisted.Conformance.Scenarios;

// Connecting, flow control, timers, threads, datagrams.
public static partial class ReactorScenarios
{
    private static Deferred StopInMade(ScenarioRun run) => Pair(run, new Hooks
    {
        Made = server => { run.Port!.StopListening().AddCallback(() => server.Note("stopped")); },
        Data = EchoBack,
    }, new Hooks { Made = Write("ping"), Data = Lose });

    private static Deferred PauseResume(ScenarioRun run) => Pair(run, new Hooks
    {
        Data = server =>
        {
            server.Transport.PauseProducing();
            run.Reactor.CallLater(TimeSpan.FromMilliseconds(10), server.Transport.ResumeProducing);
        },
    }, new Hooks
    {
        Made = client =>
        {
            client.Transport.Write(new byte[400_000]);
            Lose(client);
        },
    });

    private static async Deferred Refused(ScenarioRun run)
    {
        IListeningPort port = run.Reactor.ListenTcp(0, () => new Silent(), "127.0.0.1");
        int number = port.Host.Port;
        await port.StopListening();
        await run.Client(number, new Hooks());
    }

    private static async Deferred CancelConnect(ScenarioRun run)
    {
        Deferred<Recorder?> connecting = run.Client(run.Server(new Hooks()), new Hooks());
        run.Connector!.StopConnecting();
        await connecting;
    }

    private static Deferred Producers(ScenarioRun run) => Pair(run, new Hooks
    {
        Made = server =>
        {
            server.Transport.RegisterProducer(new NotingProducer(server));
            server.Attempt("second", () => server.Transport.RegisterProducer(new NotingProducer(server)));
            Lose(server);
            run.Reactor.CallLater(TimeSpan.FromMilliseconds(30), () =>
            {
                server.Note("unregister");
                server.Transport.UnregisterProducer();
            });
        },
    }, new Hooks());

    private sealed class NotingProducer(Recorder protocol) : IPushProducer
    {
        public void PauseProducing() { }

        public void ResumeProducing() { }

        public void StopProducing() => protocol.Note("stopProducing");
    }

    private sealed class Silent : Protocol;

    private static Deferred Timers(ScenarioRun run)
    {
        IReactor reactor = run.Reactor;
        var done = new Deferred();
        void Note(string text) => run.Note("timer", text);
        IDelayedCall? cancelled = null;
        // Twenty times as long as they are called: a machine that stands still for longer than the first of them lasts
        // runs it before "nested", and rightly so, but that is another transcript.
        static TimeSpan Long(int milliseconds) => TimeSpan.FromMilliseconds(20 * milliseconds);

        reactor.CallLater(TimeSpan.Zero, () =>
        {
            Note("a");
            reactor.CallLater(TimeSpan.Zero, Note, "nested");
            cancelled!.Cancel();
            throw new DivideByZeroException();
        });
        reactor.CallLater(TimeSpan.Zero, Note, "b");
        cancelled = reactor.CallLater(TimeSpan.Zero, Note, "cancelled-must-not-run");
        IDelayedCall delayed = reactor.CallLater(Long(20), Note, "x 20ms");
        reactor.CallLater(Long(10), Note, "y 10ms");
        delayed.Delay(Long(20));
        IDelayedCall reset = reactor.CallLater(TimeSpan.FromSeconds(5), Note, "z reset to 30 ms");
        reset.Reset(Long(30));
        reactor.CallLater(Long(100), () =>
        {
            // Cancel is idempotent here and returns whether the call still waited: the names are derived from it.
            Note("cancel called: " + (delayed.Cancel() ? "ok" : "AlreadyCalled"));
            Note("cancel cancelled: " + (cancelled.Cancel() ? "ok" : "AlreadyCancelled"));
            try
            {
                reactor.CallLater(TimeSpan.FromSeconds(-1), Note, "neg");
            }
            catch (ArgumentException failure)
            {
                Note("negative: " + TwistedNames.Of(failure));
            }
            done.Callback();
        });
        return done;
    }

    private static Deferred FromThread(ScenarioRun run)
    {
        var done = new Deferred();
        var got = new List<int>();
        run.Reactor.CallInThread(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                int number = i;
                run.Reactor.CallFromThread(() => got.Add(number));
                if (i == 500)
                    run.Reactor.CallFromThread(() => throw new DivideByZeroException());
            }
            run.Reactor.CallFromThread(done.Callback);
        });
        return done.AddCallback(() => run.Note("reactor", $"in order {got.SequenceEqual(got.Order())}, {got.Count}"));
    }

    private static async Deferred UdpRefused(ScenarioRun run)
    {
        IListeningPort closed = run.Reactor.ListenUdp(0, new Refusable(run, null), "127.0.0.1");
        var nobody = new IPEndPoint(IPAddress.Loopback, closed.Host.Port);
        await closed.StopListening();
        run.Transcript.Clear();
        run.Keep(run.Reactor.ListenUdp(0, new Refusable(run, nobody), "127.0.0.1"));
        await run.Wait(0.2);
    }

    private sealed class Refusable(ScenarioRun run, IPEndPoint? peer) : DatagramProtocol
    {
        protected override void StartProtocol()
        {
            if (peer is null)
                return;
            Transport.Connect(peer);
            run.Reactor.CallLater(TimeSpan.FromMilliseconds(20), () => Transport.Write("x"u8));
        }

        protected override void ConnectionRefused() => run.Note("udp", "connectionRefused");

        protected override void StopProtocol() => run.Note("udp", "stopProtocol");
    }
}
