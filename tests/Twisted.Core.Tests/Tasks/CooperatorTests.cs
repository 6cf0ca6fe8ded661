namespace Twisted.Tests;

public class CooperatorTests
{
    private readonly StepClock _clock = new();
    private readonly Cooperator _cooperator;
    private readonly List<string> _seen = [];

    public CooperatorTests() => _cooperator = new Cooperator(_clock);

    private IEnumerable<Deferred?> Steps(string name, int count, double milliseconds = 0)
    {
        for (int i = 0; i < count; i++)
        {
            _seen.Add($"{name}{i}");
            _clock.Now += TimeSpan.FromMilliseconds(milliseconds);
            yield return null;
        }
    }

    private IEnumerable<Deferred?> Waiting(Deferred deferred)
    {
        _seen.Add("before");
        yield return deferred;
        _seen.Add("after");
    }

    private IEnumerable<Deferred?> WithCleanup()
    {
        try
        {
            yield return null;
            yield return Deferred.Never();
        }
        finally
        {
            _seen.Add("cleanup");
        }
    }

    private static IEnumerable<Deferred?> Failing()
    {
        yield return null;
        throw new BoomException();
    }

    private (CooperativeTask Task, Deferred Gate) StartWaiting()
    {
        var gate = new Deferred();
        CooperativeTask task = _cooperator.Cooperate(Waiting(gate));
        _clock.Iterate();
        return (task, gate);
    }

    [Fact]
    public void A_task_begins_in_the_next_iteration()
    {
        _cooperator.Cooperate(Steps("a", 1));
        Assert.Empty(_seen);
        _clock.Iterate();
        Assert.Equal(["a0"], _seen);
    }

    [Fact]
    public void Tasks_take_turns()
    {
        _cooperator.Cooperate(Steps("a", 3));
        _cooperator.Cooperate(Steps("b", 2));
        _clock.Iterate();
        Assert.Equal(["a0", "b0", "a1", "b1", "a2"], _seen);
    }

    [Fact]
    public void WhenDone_fires_when_all_work_is_done()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps("a", 2));
        Deferred done = task.WhenDone();
        Assert.False(done.IsFired);
        _clock.Iterate();
        Probe.Succeeded(done);
        Probe.Succeeded(task.WhenDone());
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void A_slice_ends_after_ten_milliseconds_on_the_reactors_clock()
    {
        _cooperator.Cooperate(Steps("a", 6, milliseconds: 4));
        _clock.Iterate();
        Assert.Equal(["a0", "a1", "a2"], _seen);
        Assert.Single(_clock.DelayedCalls);
        _clock.Iterate();
        Assert.Equal(6, _seen.Count);
    }

    [Fact]
    public void A_slice_has_one_step_at_least()
    {
        _cooperator.Cooperate(Steps("a", 2, milliseconds: 50));
        _clock.Iterate();
        Assert.Equal(["a0"], _seen);
        _clock.Iterate();
        Assert.Equal(["a0", "a1"], _seen);
    }

    [Fact]
    public void The_turn_is_kept_across_slices()
    {
        _cooperator.Cooperate(Steps("a", 2, milliseconds: 10));
        _cooperator.Cooperate(Steps("b", 2, milliseconds: 10));
        for (int i = 0; i < 4; i++)
            _clock.Iterate();
        Assert.Equal(["a0", "b0", "a1", "b1"], _seen);
    }

    [Fact]
    public void A_Deferred_is_waited_for_while_others_go_on()
    {
        var gate = new Deferred();
        CooperativeTask task = _cooperator.Cooperate(Waiting(gate));
        _cooperator.Cooperate(Steps("b", 2));
        _clock.Iterate();
        Assert.Equal(["before", "b0", "b1"], _seen);
        Assert.Empty(_clock.DelayedCalls);
        gate.Callback();
        _clock.Iterate();
        Assert.Equal("after", _seen[^1]);
        Probe.Succeeded(task.WhenDone());
    }

    [Fact]
    public void A_settled_Deferred_is_a_step_like_any_other()
    {
        CooperativeTask task = _cooperator.Cooperate(Waiting(Deferred.Succeed()));
        _clock.Iterate();
        Assert.Equal(["before", "after"], _seen);
        Probe.Succeeded(task.WhenDone());
    }

    [Fact]
    public void A_failed_Deferred_fails_the_task()
    {
        var gate = new Deferred();
        CooperativeTask task = _cooperator.Cooperate(Waiting(gate));
        Deferred done = task.WhenDone();
        _clock.Iterate();
        gate.Errback(new BoomException());
        Probe.FailureOf<BoomException>(done);
        Assert.Equal(["before"], _seen);
    }

    [Fact]
    public void What_the_iterator_throws_fails_the_task()
    {
        CooperativeTask task = _cooperator.Cooperate(Failing());
        Deferred first = task.WhenDone();
        Deferred second = task.WhenDone();
        _clock.Iterate();
        Probe.FailureOf<BoomException>(first);
        Probe.FailureOf<BoomException>(second);
        Probe.FailureOf<BoomException>(task.WhenDone());
    }

    [Fact]
    public void A_failure_that_nobody_asks_for_is_unhandled_until_somebody_does()
    {
        using var sink = new CountingSink();
        CooperativeTask task = _cooperator.Cooperate(Failing());
        _clock.Iterate();
        Assert.Equal(1, sink.Outstanding);
        Probe.FailureOf<BoomException>(task.WhenDone());
        Assert.Equal(0, sink.Outstanding);
    }

    [Fact]
    public void A_failing_task_does_not_stop_the_others()
    {
        _cooperator.Cooperate(Failing()).WhenDone().AddErrback(_ => { });
        _cooperator.Cooperate(Steps("b", 3));
        _clock.Iterate();
        Assert.Equal(["b0", "b1", "b2"], _seen);
    }

    [Fact]
    public void A_paused_task_takes_no_step_until_it_is_resumed()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps("a", 1));
        task.Pause();
        _clock.Iterate();
        Assert.Empty(_seen);
        task.Resume();
        _clock.Iterate();
        Assert.Equal(["a0"], _seen);
    }

    [Fact]
    public void Pausing_the_last_task_drops_the_scheduled_call()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps("a", 1));
        Assert.Single(_clock.DelayedCalls);
        task.Pause();
        Assert.Empty(_clock.DelayedCalls);
        task.Resume();
        Assert.Single(_clock.DelayedCalls);
    }

    [Fact]
    public void Pauses_are_counted()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps("a", 1));
        task.Pause();
        task.Pause();
        task.Resume();
        _clock.Iterate();
        Assert.Empty(_seen);
        task.Resume();
        _clock.Iterate();
        Assert.Equal(["a0"], _seen);
    }

    [Fact]
    public void A_task_may_pause_itself()
    {
        CooperativeTask? task = null;
        task = _cooperator.Cooperate(Body());
        _clock.Iterate();
        Assert.Equal(["paused"], _seen);
        task.Resume();
        _clock.Iterate();
        Assert.Equal(["paused", "resumed"], _seen);

        IEnumerable<Deferred?> Body()
        {
            task!.Pause();
            _seen.Add("paused");
            yield return null;
            _seen.Add("resumed");
        }
    }

    [Fact]
    public void A_pause_while_it_waits_holds_after_the_Deferred()
    {
        (CooperativeTask task, Deferred gate) = StartWaiting();
        task.Pause();
        gate.Callback();
        _clock.Iterate();
        Assert.Equal(["before"], _seen);
        task.Resume();
        _clock.Iterate();
        Assert.Equal(["before", "after"], _seen);
    }

    [Fact]
    public void Pause_and_resume_while_it_waits_do_not_end_the_wait()
    {
        (CooperativeTask task, Deferred gate) = StartWaiting();
        task.Pause();
        task.Resume();
        _clock.Iterate();
        Assert.Equal(["before"], _seen);
        gate.Callback();
        _clock.Iterate();
        Assert.Equal(["before", "after"], _seen);
    }

    [Fact]
    public void Resume_without_a_pause_throws()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps("a", 1));
        Assert.Throws<InvalidOperationException>(task.Resume);
    }

    [Fact]
    public void Stop_ends_it_and_its_watchers_see_TaskStoppedException()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps("a", 3));
        Deferred before = task.WhenDone();
        task.Stop();
        Probe.FailureOf<TaskStoppedException>(before);
        Probe.FailureOf<TaskStoppedException>(task.WhenDone());
        _clock.Iterate();
        Assert.Empty(_seen);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void Stop_disposes_the_iterator_and_cancels_what_it_waits_for()
    {
        CooperativeTask task = _cooperator.Cooperate(WithCleanup());
        _clock.Iterate();
        task.Stop();
        Assert.Equal(["cleanup"], _seen);
        Probe.FailureOf<TaskStoppedException>(task.WhenDone());
    }

    [Fact]
    public void A_task_may_stop_itself_and_is_disposed_after_its_step()
    {
        CooperativeTask? task = null;
        task = _cooperator.Cooperate(Body());
        Deferred done = task.WhenDone();
        _clock.Iterate();
        Probe.FailureOf<TaskStoppedException>(done);
        Assert.Equal(["still in the step", "cleanup"], _seen);

        IEnumerable<Deferred?> Body()
        {
            try
            {
                task!.Stop();
                _seen.Add("still in the step");
                yield return null;
                _seen.Add("wrong");
            }
            finally
            {
                _seen.Add("cleanup");
            }
        }
    }

    [Fact]
    public void A_task_may_stop_another()
    {
        CooperativeTask? other = null;
        _cooperator.Cooperate(Body());
        other = _cooperator.Cooperate(Steps("b", 3));
        _clock.Iterate();
        Assert.Empty(_seen);
        Probe.FailureOf<TaskStoppedException>(other.WhenDone());

        IEnumerable<Deferred?> Body()
        {
            other!.Stop();
            yield return null;
        }
    }

    [Fact]
    public void A_stopped_task_that_was_paused_stays_stopped()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps("a", 1));
        task.Pause();
        task.Stop();
        task.Resume();
        _clock.Iterate();
        Assert.Empty(_seen);
    }

    [Fact]
    public void What_has_ended_cannot_be_paused_or_stopped_and_the_error_says_how_it_ended()
    {
        CooperativeTask done = _cooperator.Cooperate(Steps("a", 0));
        CooperativeTask failed = _cooperator.Cooperate(Failing());
        CooperativeTask stopped = _cooperator.Cooperate(Steps("b", 1));
        stopped.Stop();
        _clock.Iterate();
        Assert.Throws<TaskFinishedException>(done.Pause);
        Assert.Throws<TaskFinishedException>(done.Stop);
        Assert.Throws<TaskFailedException>(failed.Pause);
        Assert.IsType<BoomException>(Assert.Throws<TaskFailedException>(failed.Stop).InnerException);
        Assert.Throws<TaskStoppedException>(stopped.Pause);
        Assert.Throws<TaskStoppedException>(stopped.Stop);
        Probe.FailureOf<BoomException>(failed.WhenDone());
    }

    [Fact]
    public void Cancelling_WhenDone_leaves_the_task_alone()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps("a", 1));
        Deferred impatient = task.WhenDone();
        Deferred patient = task.WhenDone();
        impatient.Cancel();
        Probe.FailureOf<CancelledException>(impatient);
        _clock.Iterate();
        Probe.Succeeded(patient);
    }

    [Fact]
    public void A_task_that_is_added_inside_a_step_has_its_turn()
    {
        _cooperator.Cooperate(Body());
        _clock.Iterate();
        Assert.Equal(["b0"], _seen);

        IEnumerable<Deferred?> Body()
        {
            _cooperator.Cooperate(Steps("b", 1));
            yield return null;
        }
    }

    [Fact]
    public void A_cleanup_that_throws_when_stopped_is_reported()
    {
        using var sink = new CountingSink();
        CooperativeTask task = _cooperator.Cooperate(Body());
        _clock.Iterate();
        task.Stop();
        Assert.IsType<BoomException>(Assert.Single(sink.Reported).Failure);

        static IEnumerable<Deferred?> Body()
        {
            try
            {
                yield return Deferred.Never();
            }
            finally
            {
                Throw();
            }
        }

        static void Throw() => throw new BoomException();
    }
}
