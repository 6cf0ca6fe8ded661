namespace Twisted.Hosting;

/// <summary>Measures how long the loop takes to come to a call. Any thread.</summary>
/// <remarks>One probe at a time: a loop that is stuck does not gather one for each question.</remarks>
internal sealed class LoopProbe(ReactorRun run, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Probe? _probe;

    /// <summary>The time until a call from another thread was called, or, past the limit, how long it waits.</summary>
    /// <param name="limit">Nobody waits longer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<TimeSpan> Measure(TimeSpan limit, CancellationToken cancellationToken)
    {
        Probe probe = Begin();
        TimeSpan left = limit - clock.GetElapsedTime(probe.Begun);
        try
        {
            if (left > TimeSpan.Zero)
                await probe.Answered.Task.WaitAsync(left, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return Waiting(probe, limit);
        }
        return probe.Answered.Task.IsCompletedSuccessfully
            ? await probe.Answered.Task.ConfigureAwait(false)
            : Waiting(probe, limit);
    }

    /// <summary>A timer may be early by a little: what has not been answered is past the limit all the same.</summary>
    private TimeSpan Waiting(Probe probe, TimeSpan limit)
    {
        TimeSpan elapsed = clock.GetElapsedTime(probe.Begun);
        return elapsed > limit ? elapsed : limit;
    }

    private Probe Begin()
    {
        lock (_gate)
        {
            if (_probe is { Answered.Task.IsCompleted: false } waiting)
                return waiting;
            var probe = _probe = new Probe(clock.GetTimestamp(),
                new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously));
            run.Reactor.CallFromThread(() => probe.Answered.SetResult(clock.GetElapsedTime(probe.Begun)));
            return probe;
        }
    }

    private sealed record Probe(long Begun, TaskCompletionSource<TimeSpan> Answered);
}
