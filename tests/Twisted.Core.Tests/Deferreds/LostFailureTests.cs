using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Twisted.Tests;

[Collection(AloneTests.Name)]
public class LostFailureTests
{
    [Fact]
    public void Without_a_reactor_a_lost_failure_raises_the_static_event()
    {
        string mark = Guid.NewGuid().ToString();
        var raised = new ConcurrentQueue<Exception>();
        Action<Exception> watch = raised.Enqueue;
        Deferred.UnhandledFailure += watch;
        try
        {
            Lose(mark);
            Collect();
        }
        finally
        {
            Deferred.UnhandledFailure -= watch;
        }
        Assert.Single(raised, e => e.Message == mark);
    }

    [Fact]
    public void A_lost_failure_goes_to_the_sink_of_the_thread_where_it_failed()
    {
        string mark = Guid.NewGuid().ToString();
        using var sink = new CountingSink();
        Lose(mark);
        Assert.Equal(1, sink.Outstanding);
        Collect();
        Assert.Equal(0, sink.Outstanding);
        (Exception failure, string source) = Assert.Single(sink.Reported);
        Assert.Equal(mark, failure.Message);
        Assert.StartsWith("Deferred", source);
    }

    [Fact]
    public void A_handled_failure_is_never_reported()
    {
        using var sink = new CountingSink();
        LoseHandled();
        Collect();
        Assert.Empty(sink.Reported);
    }

    [Fact]
    public void Forget_without_a_reactor_raises_the_static_event()
    {
        var raised = new List<Exception>();
        Action<Exception> watch = raised.Add;
        var failure = new BoomException();
        Deferred.UnhandledFailure += watch;
        try
        {
            Deferred.Fail(failure).Forget();
        }
        finally
        {
            Deferred.UnhandledFailure -= watch;
        }
        Assert.Contains(failure, raised);
    }

    [Fact]
    public void The_report_of_a_lost_failure_tells_where_the_chain_was_created()
    {
        using var sink = new CountingSink();
        Deferred.DebugMode = true;
        try
        {
            Lose("mark");
            Collect();
        }
        finally
        {
            Deferred.DebugMode = false;
        }
        Assert.Contains(nameof(Lose), Assert.Single(sink.Reported).Source);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Lose(string mark) => new Deferred().Errback(new BoomException(mark));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LoseHandled() => Deferred.Fail(new BoomException()).AddErrback(_ => { });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
