namespace Twisted.Internet;

/// <summary>Shares the reactor among long jobs: each does a little, in turn. Twisted: <c>task.Cooperator</c>.</summary>
/// <remarks>
/// Reactor thread only. In each iteration of the reactor the jobs take turns for ten milliseconds; then input and
/// output have theirs. A job is an iterator that yields null to give way, or a Deferred to wait for.
/// </remarks>
public sealed class Cooperator
{
    // Long enough that the loop's own work is small beside it, short enough that nobody notices the wait.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);

    private readonly IReactorTime _reactor;
    private readonly LinkedList<CooperativeTask> _ready = [];
    private IDelayedCall? _next;
    private bool _inSlice;
    private bool _isStopped;

    /// <summary>A cooperator without jobs.</summary>
    /// <param name="reactor">The clock that slices are measured with.</param>
    /// <param name="started">False to let no job begin before <see cref="Start"/>.</param>
    public Cooperator(IReactorTime reactor, bool started = true)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        _reactor = reactor;
        IsRunning = started;
    }

    /// <summary>Whether jobs have their turns. Twisted: <c>running</c>.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Gives jobs their turns: those that wait for it, and those that come.</summary>
    public void Start()
    {
        _isStopped = false;
        IsRunning = true;
        Schedule();
    }

    /// <summary>
    /// Ends every job with <see cref="SchedulerStoppedException"/>: at once, or when it would go on, if it is paused or
    /// waits for a Deferred. So end those that are added from now on, until <see cref="Start"/>.
    /// </summary>
    public void Stop()
    {
        _isStopped = true;
        IsRunning = false;
        _next?.Cancel();
        _next = null;
        CooperativeTask[] ended = [.. _ready];
        _ready.Clear();
        foreach (CooperativeTask task in ended)
            task.EndWithScheduler();
    }

    /// <summary>Adds a job. It begins in the next iteration.</summary>
    /// <param name="work">The job: one step for each element; it waits for those that are not null.</param>
    public CooperativeTask Cooperate(IEnumerable<Deferred?> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var task = new CooperativeTask(this, work.GetEnumerator());
        Queue(task.Place);
        return task;
    }

    /// <summary>The job wants a turn.</summary>
    internal void Queue(LinkedListNode<CooperativeTask> place)
    {
        if (_isStopped)
        {
            place.Value.EndWithScheduler();
            return;
        }
        _ready.AddLast(place);
        Schedule();
    }

    /// <summary>The job wants no turn now.</summary>
    internal void Withdraw(LinkedListNode<CooperativeTask> place)
    {
        if (place.List is null)
            return;
        _ready.Remove(place);
        if (_ready.Count > 0)
            return;
        _next?.Cancel();
        _next = null;
    }

    private void Schedule()
    {
        if (IsRunning && !_inSlice && _next is null && _ready.Count > 0)
            _next = _reactor.CallLater(TimeSpan.Zero, static cooperator => cooperator.RunSlice(), this);
    }

    private void RunSlice()
    {
        _next = null;
        _inSlice = true;
        TimeSpan end = _reactor.Now + Slice;
        do
        {
            if (_ready.First is not { } place)
                break;
            _ready.Remove(place);
            place.Value.Step();
        }
        while (_reactor.Now < end);
        _inSlice = false;
        Schedule();
    }
}
