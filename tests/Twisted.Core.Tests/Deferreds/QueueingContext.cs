using System.Collections.Concurrent;

namespace Twisted.Tests;

/// <summary>A context whose posts wait until they are run, as a reactor's do.</summary>
internal sealed class QueueingContext : SynchronizationContext, IDisposable
{
    private readonly ConcurrentQueue<(SendOrPostCallback, object?)> _posts = new();
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
