using System.Runtime.CompilerServices;

namespace Twisted.Tests;

/// <summary>Reads how a chain stands now, and takes a failure out of it.</summary>
internal static class Probe
{
    internal static T ValueOf<T>(Deferred<T> deferred)
    {
        var box = new StrongBox<T>();
        Exception? failure = null;
        bool ended = false;
        deferred.AddCallbacks(
            value =>
            {
                box.Value = value;
                ended = true;
            },
            e =>
            {
                failure = e;
                ended = true;
            });
        Assert.Null(failure);
        Assert.True(ended, "The chain has no result yet.");
        return box.Value!;
    }

    internal static void Succeeded(Deferred deferred)
    {
        Exception? failure = null;
        bool ended = false;
        deferred.AddCallbacks(
            () => { ended = true; },
            e => { failure = e; });
        Assert.Null(failure);
        Assert.True(ended, "The chain has no result yet.");
    }

    internal static E FailureOf<E>(Deferred deferred) where E : Exception
    {
        Exception? failure = null;
        deferred.AddErrback(e => { failure = e; });
        Assert.True(failure is not null, "The chain has not failed.");
        return Assert.IsType<E>(failure);
    }

    internal static Deferred<T> Canceller<T>(Action called) => new(_ => called());
}

/// <summary>The failure of these tests.</summary>
internal sealed class BoomException(string message = "boom") : Exception(message);

/// <summary>A failure that no errback of a test asks for.</summary>
internal sealed class OtherException : Exception;

/// <summary>Counts what is lost, in the place of a reactor. One thread, while it is in scope.</summary>
internal sealed class CountingSink : FailureSink, IDisposable
{
    private readonly FailureSink? _outer = Current;

    internal CountingSink() => Current = this;

    internal List<(Exception Failure, string Source)> Reported { get; } = [];

    internal override void Lost(Exception failure, string source)
    {
        lock (Reported)
            Reported.Add((failure, source));
    }

    public void Dispose() => Current = _outer;
}

/// <summary>A context whose posts wait until they are run, as a reactor's do.</summary>
internal sealed class QueueingContext : SynchronizationContext, IDisposable
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<(SendOrPostCallback, object?)> _posts = new();
    private readonly SynchronizationContext? _outer = Current;
    private readonly ManualResetEventSlim _posted = new();

    internal QueueingContext() => SetSynchronizationContext(this);

    internal int Count => _posts.Count;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _posts.Enqueue((d, state));
        _posted.Set();
    }

    /// <summary>For posts of other threads: waits for the first, however long that thread takes.</summary>
    internal void WaitForPost() => Assert.True(_posted.Wait(TimeSpan.FromMinutes(1)), "Nothing was posted.");

    internal void RunAll()
    {
        while (_posts.TryDequeue(out var post))
            post.Item1(post.Item2);
    }

    public void Dispose()
    {
        SetSynchronizationContext(_outer);
        _posted.Dispose();
    }
}

/// <summary>Tests that change static state, and those that wait for the garbage collector: alone, at the end.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "Alone";
}
