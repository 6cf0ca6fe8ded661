using System.Runtime.CompilerServices;

namespace Twisted.Faults;

/// <summary>
/// A program of somebody who has never heard of a logger, and whose code fails in all ways. What it says of them goes
/// to standard error.
/// </summary>
internal static class FirstProgram
{
    internal static int Run(ReactorKind kind)
    {
        IReactor reactor = Reactor.Create(new ReactorOptions { Kind = kind, HandleSignals = false });
        reactor.ListenTcp(0, () => new Faulty(), "127.0.0.1"); // is no error: nothing is said
        reactor.CallLater(TimeSpan.Zero, () => throw new InvalidDataException("in a timer"));
        reactor.CallLater(TimeSpan.Zero, () => Failed("in a chain").Forget());
        reactor.CallLater(TimeSpan.Zero, () => Drop("dropped in the reactor"));
        reactor.CallFromThread(() => throw new InvalidDataException("in a queued call"));
        reactor.CallLater(TimeSpan.FromMilliseconds(10), () =>
        {
            Collect();
            reactor.CallLater(TimeSpan.FromMilliseconds(10), reactor.Stop);
        });
        reactor.Run();
        Drop("dropped outside");
        Collect();
        Failed("forgotten outside").Forget();
        TwistedLog.Err(new InvalidDataException("told by hand"));
        TwistedLog.Msg("is no error");
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // or a local would keep it from the collector
    private static void Drop(string why) => _ = Failed(why);

    private static Deferred Failed(string why)
    {
        var chain = new Deferred();
        chain.Errback(new InvalidDataException(why));
        return chain;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private sealed class Faulty : Protocol;
}
