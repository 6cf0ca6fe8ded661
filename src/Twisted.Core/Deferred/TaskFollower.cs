namespace Twisted;

/// <summary>Brings the result of a Task to a Deferred, on the context of the caller.</summary>
internal static class TaskFollower
{
    internal static void Follow<TTask, TDeferred>(Func<CancellationToken, TTask> start,
        CancellationTokenSource cancellation, TDeferred deferred, Action<TTask, TDeferred> succeed)
        where TTask : Task where TDeferred : Deferred
    {
        TTask task;
        try
        {
            task = start(cancellation.Token)
                ?? throw new InvalidOperationException("FromTask was given null where a Task was promised.");
        }
        catch (Exception failure)
        {
            cancellation.Dispose();
            deferred.Errback(failure);
            return;
        }
        if (task.IsCompleted)
        {
            Settle(task);
            return;
        }
        SynchronizationContext? home = SynchronizationContext.Current;
        task.ContinueWith(_ =>
        {
            if (home is null)
                Settle(task);
            else
                home.Post(_ => Settle(task), null);
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        void Settle(TTask done)
        {
            cancellation.Dispose();
            if (deferred.IsFired) // cancelled meanwhile: the late result is dropped
                _ = done.Exception;
            else if (done.IsCanceled)
                deferred.Errback(new CancelledException());
            else if (done.Exception is { } aggregate)
                deferred.Errback(aggregate.InnerExceptions.Count == 1 ? aggregate.InnerExceptions[0] : aggregate);
            else
                succeed(done, deferred);
        }
    }
}
