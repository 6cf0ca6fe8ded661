using System.Runtime.ExceptionServices;

namespace Interop.Tests;

/// <summary>Runs the body of a test on a reactor of its own, on a thread of its own.</summary>
internal static class OnReactor
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90); // of what hangs: longer than a program's own

    internal static Task Run(Func<IReactor, Deferred> body) => Task.Factory.StartNew(() =>
    {
        Exception? failure = null;
        Reactor.Run(
            reactor => Deferred.Try(() => body(reactor)).AddTimeout(Limit, reactor)
                .AddErrback(reason => { failure = reason; }),
            new ReactorOptions { HandleSignals = false });
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }, TaskCreationOptions.LongRunning);
}
