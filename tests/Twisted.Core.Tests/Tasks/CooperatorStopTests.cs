namespace Twisted.Tests;

public class CooperatorStopTests
{
    private readonly StepClock _clock = new();
    private readonly Cooperator _cooperator;
    private readonly List<string> _seen = [];

    public CooperatorStopTests() => _cooperator = new Cooperator(_clock);

    private IEnumerable<Deferred?> Steps(int count)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                _seen.Add($"step {i}");
                yield return null;
            }
        }
        finally
        {
            _seen.Add("disposed");
        }
    }

    private static IEnumerable<Deferred?> Waiting(Deferred gate)
    {
        yield return gate;
        Assert.Fail("It goes on though its cooperator was stopped.");
    }

    [Fact]
    public void Stop_ends_tasks_that_wait_for_their_turn()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps(2));
        Deferred done = task.WhenDone();
        _cooperator.Stop();
        Probe.FailureOf<SchedulerStoppedException>(done);
        Probe.FailureOf<SchedulerStoppedException>(task.WhenDone());
        Assert.Empty(_clock.DelayedCalls);
        Assert.Empty(_seen);
        Assert.Throws<SchedulerStoppedException>(task.Pause);
        Assert.Throws<SchedulerStoppedException>(task.Stop);
    }

    [Fact]
    public void A_task_that_stops_its_cooperator_takes_no_further_step_and_is_disposed()
    {
        IEnumerable<Deferred?> Work()
        {
            try
            {
                _cooperator.Stop();
                yield return null;
                Assert.Fail("It goes on though its cooperator was stopped.");
            }
            finally
            {
                _seen.Add("disposed");
            }
        }

        CooperativeTask own = _cooperator.Cooperate(Work());
        CooperativeTask other = _cooperator.Cooperate(Steps(1));
        _clock.Iterate();
        Probe.FailureOf<SchedulerStoppedException>(own.WhenDone());
        Probe.FailureOf<SchedulerStoppedException>(other.WhenDone());
        Assert.Equal(["disposed"], _seen);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void A_task_that_waits_ends_when_it_would_go_on()
    {
        var gate = new Deferred();
        Deferred done = _cooperator.Cooperate(Waiting(gate)).WhenDone();
        _clock.Iterate();
        _cooperator.Stop();
        Assert.False(done.IsFired);
        gate.Callback();
        Probe.FailureOf<SchedulerStoppedException>(done);
    }

    [Fact]
    public void A_stopped_one_refuses_new_tasks()
    {
        _cooperator.Stop();
        Probe.FailureOf<SchedulerStoppedException>(_cooperator.Cooperate(Steps(1)).WhenDone());
        Assert.Empty(_clock.DelayedCalls);
        Assert.Empty(_seen);
    }

    [Fact]
    public void A_watcher_of_a_task_that_is_done_may_stop_the_cooperator()
    {
        CooperativeTask task = _cooperator.Cooperate(Steps(0));
        Deferred done = task.WhenDone().AddCallback(_cooperator.Stop);
        _clock.Iterate();
        Probe.Succeeded(done);
        Probe.Succeeded(task.WhenDone());
        Assert.False(_cooperator.IsRunning);
    }

    [Fact]
    public void A_watcher_may_start_it_again_and_add_a_task()
    {
        CooperativeTask? second = null;
        Deferred done = _cooperator.Cooperate(Steps(1)).WhenDone();
        Deferred restarted = done.AddErrback((SchedulerStoppedException _) =>
        {
            _cooperator.Start();
            second = _cooperator.Cooperate(Steps(1));
        });
        _cooperator.Stop();
        Probe.Succeeded(restarted);
        _clock.Iterate();
        Assert.Equal(["step 0", "disposed"], _seen);
        Probe.Succeeded(second!.WhenDone());
    }

    [Fact]
    public void One_that_was_not_started_begins_with_Start()
    {
        var later = new Cooperator(_clock, started: false);
        Assert.False(later.IsRunning);
        CooperativeTask task = later.Cooperate(Steps(1));
        Assert.Empty(_clock.DelayedCalls);
        later.Start();
        Assert.True(later.IsRunning);
        _clock.Iterate();
        Probe.Succeeded(task.WhenDone());
    }

    [Fact]
    public void It_runs_from_the_beginning_until_it_is_stopped()
    {
        Assert.True(_cooperator.IsRunning);
        _cooperator.Stop();
        Assert.False(_cooperator.IsRunning);
        _cooperator.Start();
        Assert.True(_cooperator.IsRunning);
    }

    [Fact]
    public void The_end_of_one_task_may_stop_another_that_ends_with_the_cooperator()
    {
        CooperativeTask first = _cooperator.Cooperate(Steps(1));
        CooperativeTask second = _cooperator.Cooperate(Steps(1));
        Deferred told = first.WhenDone().AddErrback((SchedulerStoppedException _) => second.Stop());
        _cooperator.Stop();
        Probe.Succeeded(told);
        Probe.FailureOf<TaskStoppedException>(second.WhenDone());
    }
}
