using System.Runtime.CompilerServices;
using Twisted.Internet;

namespace Twisted;

/// <summary>
/// A result that is not there yet: one chain of callbacks, each fed with the result of the one before. This one has
/// no value; <see cref="Deferred{T}"/> has.
/// </summary>
/// <remarks>
/// One linear, mutable chain, as Twisted's: <c>d.AddCallback(f); d.AddCallback(g);</c> is <c>f</c> then <c>g</c>. A
/// link that changes the type returns a view of the same chain with the new type. Callbacks run at once, in order, on
/// the thread that fires; reactor thread only. Await it, or write <c>async Deferred</c> methods. A chain that ends
/// failed, with nobody watching, is reported as unhandled. Twisted: <c>twisted.internet.defer.Deferred</c>.
/// </remarks>
[AsyncMethodBuilder(typeof(DeferredMethodBuilder))]
public partial class Deferred
{
    // The chain's state lives in its root, the object that was created first. A view only has _root and a value.
    private readonly Deferred _root;
    private Link _link0;                // most chains have one or two links: no array for them
    private Link _link1;
    private Link[]? _links;             // the third link and on
    private int _added;                 // links added since the queue was last empty
    private int _taken;                 // of these, how many have run
    private Deferred? _tail;            // who will hold the value after the last link; null: no value
    private Deferred? _holder;          // who holds the value now; while waiting: who will
    private Exception? _failure;        // the result is a failure
    private Deferred? _waitingFor;      // a link returned this chain: we go on with its result
    private Deferred? _below;           // while running: the chain to come back to
    private Delegate? _canceller;
    private FailureSentinel? _sentinel; // exists while the chain has ended failed and nobody has looked
    private Flags _flags;

    [Flags]
    private enum Flags : byte
    {
        None = 0,
        Fired = 1,
        Running = 2,
        SwallowNext = 4,                // cancelled without a canceller: the late result is dropped, once
        Observed = 8,                   // the failure has been awaited or tapped: not unhandled
        Cancelling = 16,                // its canceller is running: a Cancel from in there does nothing
    }

    /// <summary>A chain that somebody will fire.</summary>
    /// <param name="canceller">Called by <see cref="Cancel"/>; it may fire the Deferred itself.</param>
    public Deferred(Action<Deferred>? canceller = null) : this(canceller, hasValue: false) { }

    private protected Deferred(Delegate? canceller, bool hasValue)
    {
        _root = this;
        _canceller = canceller;
        if (hasValue)
            _tail = _holder = this;
        if (DebugMode)
            DeferredTrace.Created(this);
    }

    /// <summary>A view of another chain.</summary>
    private protected Deferred(Deferred root) => _root = root;

    /// <summary>
    /// Whether new Deferreds remember where they were created and fired, for the message of
    /// <see cref="AlreadyCalledException"/> and of unhandled failures. Slow. Twisted: <c>setDebugging</c>.
    /// </summary>
    public static bool DebugMode { get; set; }

    /// <summary>Told of unhandled failures of chains that failed outside any reactor. Any thread.</summary>
    public static event Action<Exception>? UnhandledFailure;

    /// <summary>Whether a result was given. Twisted: <c>called</c>.</summary>
    public bool IsFired => (_root._flags & Flags.Fired) != 0;

    /// <summary>Whether the chain has a result now: fired, every link run, waiting for nothing.</summary>
    public bool IsSettled => _root.HasResult;

    private bool HasResult =>
        (_flags & (Flags.Fired | Flags.Running)) == Flags.Fired && _waitingFor is null && _taken == _added;

    internal Exception? CurrentFailure => _root._failure;

    internal Deferred Root => _root;

    /// <summary>Fires the chain.</summary>
    /// <exception cref="AlreadyCalledException">It was fired before.</exception>
    /// <exception cref="InvalidOperationException">Called through a view that AddCallback returned.</exception>
    public void Callback()
    {
        if (this is IHasValue)
            throw new InvalidOperationException("This Deferred needs a value: call Callback(value).");
        if (TryBegin())
            Run(this);
    }

    /// <summary>Fires the chain with a failure.</summary>
    /// <param name="reason">The failure.</param>
    /// <exception cref="AlreadyCalledException">It was fired before.</exception>
    public void Errback(Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (!TryBegin())
            return;
        _failure = reason;
        Run(this);
    }

    /// <summary>
    /// Asks to end it. Not fired: the canceller runs and, unless it fires, the chain fails with
    /// <see cref="CancelledException"/>. Waiting for another Deferred: that one is cancelled. Fired: nothing.
    /// </summary>
    /// <remarks>What the canceller throws comes out of here, and nothing has been cancelled then.</remarks>
    /// <exception cref="InvalidOperationException">It waits for a Deferred that waits for this one.</exception>
    public void Cancel()
    {
        Deferred chain = _root;
        Deferred mark = chain;
        for (int steps = 1; chain.Blocker is { } next; steps++)
        {
            chain = next;
            if (ReferenceEquals(chain, mark))
                throw new InvalidOperationException("These Deferreds wait for each other in a ring: none can end.");
            if ((steps & (steps - 1)) == 0) // a mark that moves at powers of two meets every ring (Brent)
                mark = chain;
        }
        if ((chain._flags & Flags.Fired) == 0)
            chain.CancelUnfired();
    }

    /// <summary>
    /// The chain that has to end first: a link returned it, or the async method behind this one awaits it.
    /// </summary>
    private Deferred? Blocker =>
        (_flags & Flags.Fired) != 0 ? _waitingFor : (_canceller as Func<Deferred?>)?.Invoke();

    private void CancelUnfired()
    {
        if ((_flags & Flags.Cancelling) != 0)
            return;
        if (_canceller is null or Func<Deferred?>)
            _flags |= Flags.SwallowNext; // whoever would fire it cannot be told
        else
        {
            _flags |= Flags.Cancelling;
            try
            {
                InvokeCanceller(_canceller);
            }
            finally
            {
                _flags &= ~Flags.Cancelling;
            }
        }
        if ((_flags & Flags.Fired) == 0)
            Errback(new CancelledException());
    }

    private protected virtual void InvokeCanceller(Delegate canceller) => ((Action<Deferred>)canceller)(this);

    /// <summary>Takes the right to fire.</summary>
    /// <returns>False when this result has to be dropped: the chain was cancelled before.</returns>
    private protected bool TryBegin()
    {
        if (!ReferenceEquals(_root, this))
            throw new InvalidOperationException(
                "This Deferred is a view that a link returned: only the one that was created can be fired.");
        if ((_flags & Flags.Fired) != 0)
        {
            if ((_flags & Flags.SwallowNext) == 0)
                throw DeferredTrace.AlreadyCalled(this);
            _flags &= ~Flags.SwallowNext;
            return false;
        }
        _flags |= Flags.Fired;
        _canceller = null;
        if (DebugMode)
            DeferredTrace.Fired(this);
        return true;
    }

    internal static void RaiseUnhandledFailure(Exception failure)
    {
        if (UnhandledFailure is { } listeners)
            listeners(failure);
        else
            TwistedLog.Err(failure, "Unhandled error in Deferred"); // a first program loses no exception
    }
}
