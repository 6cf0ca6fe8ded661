using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Twisted;

/// <summary>A value that is not there yet. See <see cref="Deferred"/> for the rules of chains.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>
/// A link of another type returns a view of the same chain. The old view may still do everything that needs no value;
/// a link that takes the value throws <see cref="InvalidOperationException"/>, because the chain has moved on.
/// </remarks>
[AsyncMethodBuilder(typeof(DeferredMethodBuilder<>))]
public sealed class Deferred<T> : Deferred, IHasValue
{
    private T _value = default!;

    /// <summary>A chain that somebody will fire with a value.</summary>
    /// <param name="canceller">Called by <see cref="Deferred.Cancel"/>; it may fire the Deferred itself.</param>
    public Deferred(Action<Deferred<T>>? canceller = null) : base(canceller, hasValue: true) { }

    internal Deferred(Func<Deferred?> awaited) : base(awaited, hasValue: true) { }

    internal Deferred(Deferred root) : base(root) { }

    internal T CurrentValue
    {
        get => _value;
        set => _value = value;
    }

    object? IHasValue.BoxedValue => _value;

    private protected override string ValueTypeName => typeof(T).Name;

    private protected override void InvokeCanceller(Delegate canceller) => ((Action<Deferred<T>>)canceller)(this);

    /// <summary>Fires the chain with its value.</summary>
    /// <param name="value">The value; not a Deferred.</param>
    /// <exception cref="AlreadyCalledException">It was fired before.</exception>
    public void Callback(T value)
    {
        if (RefuseAsValue(value) is { } mistake)
            throw mistake;
        if (!TryBegin())
            return;
        _value = value;
        Run(this);
    }

    /// <summary>A mistake: this Deferred needs a value.</summary>
    [Obsolete("This Deferred needs a value: Callback(value).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public new void Callback() => throw new NotSupportedException();

    /// <summary>Adds a callback that makes another value of the value.</summary>
    /// <typeparam name="U">The new type.</typeparam>
    /// <param name="callback">Runs when the chain has succeeded so far.</param>
    public Deferred<U> AddCallback<U>(Func<T, U> callback) =>
        AddWithValue(ValueToValue<T, U>.Instance, callback, ViewOf<U>());

    /// <summary>Adds a callback whose Deferred is waited for and yields the new value.</summary>
    /// <typeparam name="U">The new type.</typeparam>
    /// <param name="callback">Runs when the chain has succeeded so far.</param>
    [OverloadResolutionPriority(1)]
    public Deferred<U> AddCallback<U>(Func<T, Deferred<U>> callback) =>
        AddWithValue(ValueToDeferredValue<T, U>.Instance, callback, ViewOf<U>());

    /// <summary>Adds a callback that takes the value; the chain has none after it.</summary>
    /// <param name="callback">Runs when the chain has succeeded so far.</param>
    public Deferred AddCallback(Action<T> callback) =>
        AddWithValue(ValueToNothing<T>.Instance, callback);

    /// <summary>Adds a callback that takes the value and whose Deferred is waited for.</summary>
    /// <param name="callback">Runs when the chain has succeeded so far.</param>
    [OverloadResolutionPriority(1)]
    public Deferred AddCallback(Func<T, Deferred> callback) =>
        AddWithValue(ValueToDeferred<T>.Instance, callback);

    /// <inheritdoc cref="Deferred.AddCallback(Func{Task})"/>
    [Obsolete(TaskTrap, error: true), EditorBrowsable(EditorBrowsableState.Never)]
    public Deferred<U> AddCallback<U>(Func<T, Task<U>> callback) => throw new NotSupportedException(TaskTrap);

    /// <inheritdoc cref="Deferred.AddCallback(Func{Task})"/>
    [Obsolete(TaskTrap, error: true), EditorBrowsable(EditorBrowsableState.Never)]
    public Deferred AddCallback(Func<T, Task> callback) => throw new NotSupportedException(TaskTrap);

    /// <summary>Adds a handler of any failure that yields a value in its place.</summary>
    /// <param name="errback">Runs when the chain has failed.</param>
    [OverloadResolutionPriority(1)]
    public Deferred<T> AddErrback(Func<Exception, T> errback) =>
        AddRescue(ErrbackToValue<Exception, T>.Instance, errback);

    /// <summary>Adds a handler of any failure whose Deferred yields a value in its place.</summary>
    /// <param name="errback">Runs when the chain has failed.</param>
    public Deferred<T> AddErrback(Func<Exception, Deferred<T>> errback) =>
        AddRescue(ErrbackToDeferredValue<Exception, T>.Instance, errback);

    /// <summary>Adds a handler of one kind of failure that yields a value in its place; others pass.</summary>
    /// <typeparam name="E">The kind.</typeparam>
    /// <param name="errback">Runs when the chain has failed with it.</param>
    [OverloadResolutionPriority(1)]
    public Deferred<T> AddErrback<E>(Func<E, T> errback) where E : Exception =>
        AddRescue(ErrbackToValue<E, T>.Instance, errback);

    /// <summary>
    /// Adds a handler of one kind of failure whose Deferred yields a value in its place; others pass.
    /// </summary>
    /// <typeparam name="E">The kind.</typeparam>
    /// <param name="errback">Runs when the chain has failed with it.</param>
    public Deferred<T> AddErrback<E>(Func<E, Deferred<T>> errback) where E : Exception =>
        AddRescue(ErrbackToDeferredValue<E, T>.Instance, errback);

    /// <summary>Adds one of two: the errback does not see what the callback throws.</summary>
    /// <typeparam name="U">The new type.</typeparam>
    /// <param name="callback">Runs on success.</param>
    /// <param name="errback">Runs on failure.</param>
    public Deferred<U> AddCallbacks<U>(Func<T, U> callback, Func<Exception, U> errback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(errback);
        return AddBoth(outcome => outcome.Failure is null ? callback(outcome.Value) : errback(outcome.Failure));
    }

    /// <summary>Adds one of two: the errback does not see what the callback throws.</summary>
    /// <param name="callback">Runs on success.</param>
    /// <param name="errback">Runs on failure.</param>
    public Deferred AddCallbacks(Action<T> callback, Action<Exception> errback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(errback);
        return AddWithValue(BothToNothing<T>.Instance, (Action<Outcome<T>>)(outcome =>
        {
            if (outcome.Failure is null)
                callback(outcome.Value);
            else
                errback(outcome.Failure);
        }));
    }

    /// <summary>Adds a callback for both ends; the chain has no value after it.</summary>
    /// <param name="callback">Is given how the chain stands.</param>
    public Deferred AddBoth(Action<Outcome<T>> callback) =>
        AddWithValue(BothToNothing<T>.Instance, callback);

    /// <summary>Adds a callback for both ends whose Deferred is waited for.</summary>
    /// <param name="callback">Is given how the chain stands.</param>
    [OverloadResolutionPriority(1)]
    public Deferred AddBoth(Func<Outcome<T>, Deferred> callback) =>
        AddWithValue(BothToDeferred<T>.Instance, callback);

    /// <summary>Adds a callback for both ends that yields a value.</summary>
    /// <typeparam name="U">The new type.</typeparam>
    /// <param name="callback">Is given how the chain stands.</param>
    public Deferred<U> AddBoth<U>(Func<Outcome<T>, U> callback) =>
        AddWithValue(BothToValue<T, U>.Instance, callback, ViewOf<U>());

    /// <summary>Adds a callback for both ends whose Deferred yields a value.</summary>
    /// <typeparam name="U">The new type.</typeparam>
    /// <param name="callback">Is given how the chain stands.</param>
    [OverloadResolutionPriority(1)]
    public Deferred<U> AddBoth<U>(Func<Outcome<T>, Deferred<U>> callback) =>
        AddWithValue(BothToDeferredValue<T, U>.Instance, callback, ViewOf<U>());

    /// <inheritdoc cref="Deferred.Finally(Action)"/>
    public new Deferred<T> Finally(Action cleanup)
    {
        base.Finally(cleanup);
        return this;
    }

    /// <inheritdoc cref="Deferred.Finally(Func{Deferred})"/>
    [OverloadResolutionPriority(1)]
    public new Deferred<T> Finally(Func<Deferred> cleanup)
    {
        base.Finally(cleanup);
        return this;
    }

    /// <inheritdoc cref="Deferred.CancelOn"/>
    public new Deferred<T> CancelOn(CancellationToken token)
    {
        CancelOnToken(token);
        return this;
    }

    /// <summary>The result as a Task, for code outside the reactor. A cancelled chain is a cancelled Task.</summary>
    public new Task<T> AsTask()
    {
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Watch(outcome =>
        {
            if (outcome.Failure is null)
                source.SetResult(outcome.Value);
            else if (outcome.Failure is CancelledException)
                source.SetCanceled();
            else
                source.SetException(outcome.Failure);
            return true;
        });
        return source.Task;
    }

    /// <summary>For the compiler: a Deferred can be awaited, on the reactor thread, and more than once.</summary>
    public new DeferredAwaiter<T> GetAwaiter()
    {
        EnsureYieldsValue();
        return new DeferredAwaiter<T>(this);
    }

    /// <summary>Shows the result to a watcher and leaves it, unless the watcher takes a failure out.</summary>
    internal void Watch(Func<Outcome<T>, bool> watcher)
    {
        EnsureYieldsValue();
        Append(Tap<T>.Instance, watcher, Tail);
    }

    /// <summary>The mistake of using a Deferred as a value; null for anything else.</summary>
    internal static ArgumentException? RefuseAsValue(T value) =>
        !typeof(T).IsValueType && value is Deferred
            ? new ArgumentException("A Deferred cannot be the value of a Deferred: return it from a callback, "
                + "or await it.", nameof(value))
            : null;

    internal T CurrentChainValue =>
        Root.Holder is Deferred<T> holder ? holder._value : throw StaleView(this);

    /// <summary>The object that holds the value after a link of type U: this one when the type stays.</summary>
    private Deferred<U> ViewOf<U>() => this as Deferred<U> ?? NewView<U>();

    private Deferred AddWithValue(LinkKind kind, Delegate callback)
    {
        EnsureYieldsValue();
        return Add(kind, callback, null);
    }

    private Deferred<U> AddWithValue<U>(LinkKind kind, Delegate callback, Deferred<U> target)
    {
        EnsureYieldsValue();
        return AddTo(kind, callback, target);
    }

    /// <summary>
    /// An errback needs no value to run. On a chain that has moved on, what it yields has no use: it is dropped.
    /// </summary>
    private Deferred<T> AddRescue(LinkKind kind, Delegate errback)
    {
        Add(kind, errback, Tail as Deferred<T>);
        return this;
    }

    private void EnsureYieldsValue()
    {
        if (Tail is not Deferred<T>)
            throw StaleView(this);
    }
}
