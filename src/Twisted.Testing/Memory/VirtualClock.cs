using System.Runtime.ExceptionServices;

namespace Twisted.Testing;

/// <summary>
/// A clock that moves only when told to: timers, awaits and networks made with it run in virtual time.
/// </summary>
/// <remarks>
/// <see cref="Advance"/> steps through every due time; <see cref="Jump"/> moves first and then runs all that is
/// overdue, like a loop that was stalled. Both run on the calling thread, with a SynchronizationContext of their own
/// that is drained before they return. An exception out of a callback is thrown by them, unless somebody listens to
/// <see cref="UnhandledFailure"/>. Twisted: <c>task.Clock</c>.
/// </remarks>
public sealed class VirtualClock : IReactorTime
{
    /// <summary>
    /// So many iterations at one instant are no test but a loop: an interval of zero, or two that wake each other.
    /// </summary>
    private const int MostIterations = 100_000;

    private readonly List<MemoryLoop> _loops = [];
    private readonly List<Exception> _unhandled = [];
    private readonly MemoryLoop _own;
    private bool _running;

    /// <summary>A clock that stands at zero.</summary>
    public VirtualClock()
    {
        Source = new VirtualTimeProvider();
        _own = new MemoryLoop(this);
    }

    /// <summary>
    /// Told of failures that nobody handled. Without a listener they are thrown by what moved the clock.
    /// </summary>
    public event Action<UnhandledFailure>? UnhandledFailure;

    /// <inheritdoc/>
    public TimeSpan Now => _own.Now;

    /// <inheritdoc/>
    public TimeProvider TimeProvider => _own.TimeProvider;

    /// <inheritdoc/>
    public IReadOnlyCollection<IDelayedCall> DelayedCalls => _own.DelayedCalls;

    internal VirtualTimeProvider Source { get; }

    internal IReadOnlyList<MemoryLoop> Loops => _loops;

    /// <inheritdoc/>
    public IDelayedCall CallLater(TimeSpan delay, Action callback) => _own.CallLater(delay, callback);

    /// <inheritdoc/>
    public IDelayedCall CallLater(TimeSpan delay, Func<Deferred> callback) => _own.CallLater(delay, callback);

    /// <inheritdoc/>
    public IDelayedCall CallLater<TState>(TimeSpan delay, Action<TState> callback, TState state) =>
        _own.CallLater(delay, callback, state);

    /// <summary>Moves the clock, stopping at every due time on the way, and runs what is due there.</summary>
    /// <param name="by">How far; zero runs what is due now.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Move(() =>
        {
            TimeSpan target = Source.Elapsed + by;
            Settle();
            while (NextDue() is { } due && due <= target)
            {
                Source.MoveTo(due);
                Settle();
            }
            Source.MoveTo(target);
            Settle();
        });
    }

    /// <summary>Moves the clock at once and then runs all that is overdue: what a stalled loop sees.</summary>
    /// <param name="by">How far.</param>
    public void Jump(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Move(() =>
        {
            Source.MoveTo(Source.Elapsed + by);
            Settle();
        });
    }

    /// <summary>Advances several times.</summary>
    /// <param name="steps">How far each time.</param>
    public void Pump(params ReadOnlySpan<TimeSpan> steps)
    {
        foreach (TimeSpan step in steps)
            Advance(step);
    }

    internal void Attach(MemoryLoop loop) => _loops.Add(loop);

    /// <summary>Runs what is due now; does nothing inside a callback, whose caller does it.</summary>
    internal void RunDueNow()
    {
        if (!_running)
            Advance(TimeSpan.Zero);
    }

    /// <summary>
    /// A reactor of this clock has nothing to do: time moves on to what comes next, here or elsewhere.
    /// </summary>
    /// <param name="idle">The one that waits.</param>
    /// <param name="timeout">How long it would wait.</param>
    internal void Idle(MemoryLoop idle, TimeSpan timeout)
    {
        bool worked = false;
        foreach (MemoryLoop loop in _loops.Where(loop => loop != idle).ToArray())
            worked |= loop.Step();
        if (worked)
            return;
        if (NextDue() is not { } due)
            throw new InvalidOperationException(
                "The reactor would wait for ever: no timer, no call and no data is left. Stop it in the test.");
        TimeSpan target = timeout == Timeout.InfiniteTimeSpan ? due : Source.Elapsed + timeout;
        Source.MoveTo(due < target ? due : target);
    }

    internal void Unhandled(UnhandledFailure failure)
    {
        if (UnhandledFailure is { } listeners)
            listeners(failure);
        else
            _unhandled.Add(failure.Exception);
    }

    internal void ThrowUnhandled()
    {
        if (_unhandled is not [var first, ..])
            return;
        _unhandled.Clear();
        ExceptionDispatchInfo.Throw(first);
    }

    private void Move(Action move)
    {
        if (_running)
            throw new InvalidOperationException("The clock is moving: a callback cannot move it.");
        _running = true;
        try
        {
            move();
        }
        finally
        {
            _running = false;
        }
        ThrowUnhandled();
    }

    private void Settle()
    {
        int iterations = 0;
        bool worked;
        do
        {
            worked = false;
            for (int i = 0; i < _loops.Count; i++)
                worked |= _loops[i].Step();
            if (++iterations > MostIterations)
                throw new InvalidOperationException(
                    $"Still busy after {MostIterations} iterations at the same instant ({Now}): "
                    + "does something call itself again with a delay of zero?");
        }
        while (worked);
    }

    private TimeSpan? NextDue()
    {
        TimeSpan? next = null;
        foreach (MemoryLoop loop in _loops)
        {
            if (loop.NextDue is { } due && (next is null || due < next))
                next = due;
        }
        return next;
    }
}
