namespace Twisted.Internet;

/// <summary>
/// A job that a <see cref="Cooperator"/> runs. Reactor thread only. Twisted: <c>task.CooperativeTask</c>.
/// </summary>
public sealed class CooperativeTask
{
    private readonly Cooperator _cooperator;
    private readonly IEnumerator<Deferred?> _work;
    private readonly List<Deferred> _watchers = [];
    private WorkState _state;
    private Exception? _failure;
    private Deferred? _unclaimed;   // the failure, until somebody asks: if nobody does it is reported as unhandled
    private Deferred? _awaited;     // what the job has yielded last, while it is pending
    private int _pauses;
    private bool _inStep;

    private enum WorkState
    {
        Going,
        Done,
        Stopped,
        SchedulerStopped,
        Failed,
    }

    internal CooperativeTask(Cooperator cooperator, IEnumerator<Deferred?> work)
    {
        _cooperator = cooperator;
        _work = work;
        Place = new LinkedListNode<CooperativeTask>(this);
    }

    /// <summary>Its place among those that want a turn: in the list when it wants one.</summary>
    internal LinkedListNode<CooperativeTask> Place { get; }

    /// <summary>Waits for the job's end. Everybody who asks gets a Deferred of their own.</summary>
    /// <returns>
    /// Fires when all work is done; fails with what the job fails with, or with <see cref="TaskStoppedException"/>, or
    /// with <see cref="SchedulerStoppedException"/>. Cancelling it leaves the job alone.
    /// </returns>
    public Deferred WhenDone()
    {
        switch (_state)
        {
            case WorkState.Done:
                return Deferred.Succeed();
            case WorkState.Stopped:
            case WorkState.SchedulerStopped:
                return Deferred.Fail(Ending());
            case WorkState.Failed:
                Deferred failed = _unclaimed ?? Deferred.Fail(_failure!);
                _unclaimed = null;
                return failed;
            default:
                var watcher = new Deferred(self => _watchers.Remove(self));
                _watchers.Add(watcher);
                return watcher;
        }
    }

    /// <summary>Takes no more steps until <see cref="Resume"/>. Pauses are counted.</summary>
    /// <exception cref="TaskFinishedException">The job has ended.</exception>
    public void Pause()
    {
        ThrowIfEnded();
        _pauses++;
        _cooperator.Withdraw(Place);
    }

    /// <summary>Takes one pause back; after the last one the job goes on.</summary>
    /// <exception cref="InvalidOperationException">It is not paused.</exception>
    public void Resume()
    {
        if (_pauses == 0)
            throw new InvalidOperationException("This task is not paused: each Resume needs a Pause before it.");
        _pauses--;
        QueueIfReady();
    }

    /// <summary>Ends the job: its iterator is disposed, and what it waits for is cancelled.</summary>
    /// <exception cref="TaskFinishedException">The job has ended.</exception>
    public void Stop()
    {
        ThrowIfEnded();
        End(WorkState.Stopped);
    }

    /// <summary>The cooperator has stopped: there will be no more turns.</summary>
    internal void EndWithScheduler()
    {
        if (_state == WorkState.Going) // somebody who was told of another task's end may have stopped this one
            End(WorkState.SchedulerStopped);
    }

    /// <summary>Takes one step. The cooperator has taken the task out of its list.</summary>
    internal void Step()
    {
        bool more;
        Deferred? awaited = null;
        _inStep = true;
        try
        {
            more = _work.MoveNext();
            if (more)
                awaited = _work.Current;
        }
        catch (Exception failure)
        {
            _inStep = false;
            Fail(failure);
            return;
        }
        _inStep = false;
        if (_state != WorkState.Going)
            DisposeWork(); // it has stopped itself: only now may the iterator be disposed
        else if (!more)
            End(WorkState.Done);
        else if (awaited is null)
            QueueIfReady();
        else
        {
            _awaited = awaited;
            awaited.AddCallbacks(GoOn, Fail);
        }
    }

    private void GoOn()
    {
        _awaited = null;
        QueueIfReady();
    }

    private void Fail(Exception failure)
    {
        _awaited = null;
        if (_state == WorkState.Going)
        {
            _failure = failure;
            End(WorkState.Failed);
        }
        else if (failure is not CancelledException) // stopped: its cancellation is no news, anything else is
            FailureSink.Report(failure, nameof(CooperativeTask));
    }

    private void QueueIfReady()
    {
        if (_state == WorkState.Going && _pauses == 0 && _awaited is null && !_inStep && Place.List is null)
            _cooperator.Queue(Place);
    }

    private void End(WorkState state)
    {
        _state = state;
        _cooperator.Withdraw(Place);
        if (!_inStep)
            DisposeWork();
        Deferred[] watchers = [.. _watchers];
        _watchers.Clear();
        if (_failure is not null && watchers.Length == 0)
            _unclaimed = Deferred.Fail(_failure);
        foreach (Deferred watcher in watchers)
        {
            if (state == WorkState.Done)
                watcher.Callback();
            else
                watcher.Errback(Ending());
        }
        _awaited?.Cancel(); // last: a canceller may throw
    }

    /// <summary>What those who wait are told: a new exception for each.</summary>
    private Exception Ending() => _state switch
    {
        WorkState.Failed => _failure!,
        WorkState.SchedulerStopped => new SchedulerStoppedException(),
        _ => new TaskStoppedException(),
    };

    private void DisposeWork()
    {
        try
        {
            _work.Dispose();
        }
        catch (Exception failure) // of a finally block in the iterator; the job's own end is decided already
        {
            FailureSink.Report(failure, nameof(CooperativeTask));
        }
    }

    private void ThrowIfEnded()
    {
        switch (_state)
        {
            case WorkState.Done:
                throw new TaskFinishedException();
            case WorkState.Stopped:
            case WorkState.SchedulerStopped:
                throw Ending();
            case WorkState.Failed:
                throw new TaskFailedException(_failure!);
        }
    }
}
