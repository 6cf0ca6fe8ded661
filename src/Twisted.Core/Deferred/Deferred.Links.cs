using System.ComponentModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Twisted;

// The links of a chain without a value. Overload priorities are explained in docs/adr/001-overloads.md.
public partial class Deferred
{
    /// <summary>Adds a callback; the chain has no value after it.</summary>
    /// <param name="callback">Runs when the chain has succeeded so far. What it throws becomes the failure.</param>
    public Deferred AddCallback(Action callback) =>
        Add(CallbackToNothing.Instance, callback, null);

    /// <summary>Adds a callback whose Deferred is waited for.</summary>
    /// <param name="callback">Runs when the chain has succeeded so far.</param>
    [OverloadResolutionPriority(1)]
    public Deferred AddCallback(Func<Deferred> callback) =>
        Add(CallbackToDeferred.Instance, callback, null);

    /// <summary>Adds a callback that yields a value.</summary>
    /// <typeparam name="U">The type of the value.</typeparam>
    /// <param name="callback">Runs when the chain has succeeded so far.</param>
    public Deferred<U> AddCallback<U>(Func<U> callback) =>
        AddTo(CallbackToValue<U>.Instance, callback, NewView<U>());

    /// <summary>Adds a callback whose Deferred is waited for and yields a value.</summary>
    /// <typeparam name="U">The type of the value.</typeparam>
    /// <param name="callback">Runs when the chain has succeeded so far.</param>
    [OverloadResolutionPriority(1)]
    public Deferred<U> AddCallback<U>(Func<Deferred<U>> callback) =>
        AddTo(CallbackToDeferredValue<U>.Instance, callback, NewView<U>());

    /// <summary>A mistake: a chain does not wait for a Task by itself.</summary>
    /// <param name="callback">A mistake.</param>
    [Obsolete(TaskTrap, error: true), EditorBrowsable(EditorBrowsableState.Never)]
    public Deferred AddCallback(Func<Task> callback) => throw new NotSupportedException(TaskTrap);

    /// <inheritdoc cref="AddCallback(Func{Task})"/>
    [Obsolete(TaskTrap, error: true), EditorBrowsable(EditorBrowsableState.Never)]
    public Deferred<U> AddCallback<U>(Func<Task<U>> callback) => throw new NotSupportedException(TaskTrap);

    /// <summary>Adds a handler of any failure; the chain has no value after it.</summary>
    /// <param name="errback">Runs when the chain has failed; it has then succeeded, unless this throws.</param>
    public Deferred AddErrback(Action<Exception> errback) =>
        Add(ErrbackToNothing<Exception>.Instance, errback, null);

    /// <summary>Adds a handler of any failure whose Deferred is waited for.</summary>
    /// <param name="errback">Runs when the chain has failed.</param>
    [OverloadResolutionPriority(1)]
    public Deferred AddErrback(Func<Exception, Deferred> errback) =>
        Add(ErrbackToDeferred<Exception>.Instance, errback, null);

    /// <summary>Adds a handler of one kind of failure; others pass. Twisted: <c>Failure.trap</c>.</summary>
    /// <typeparam name="E">The kind.</typeparam>
    /// <param name="errback">Runs when the chain has failed with it.</param>
    public Deferred AddErrback<E>(Action<E> errback) where E : Exception =>
        Add(ErrbackToNothing<E>.Instance, errback, null);

    /// <summary>Adds a handler of one kind of failure whose Deferred is waited for.</summary>
    /// <typeparam name="E">The kind.</typeparam>
    /// <param name="errback">Runs when the chain has failed with it.</param>
    [OverloadResolutionPriority(1)]
    public Deferred AddErrback<E>(Func<E, Deferred> errback) where E : Exception =>
        Add(ErrbackToDeferred<E>.Instance, errback, null);

    /// <summary>Adds one of two: the errback does not see what the callback throws.</summary>
    /// <param name="callback">Runs on success.</param>
    /// <param name="errback">Runs on failure.</param>
    public Deferred AddCallbacks(Action callback, Action<Exception> errback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(errback);
        return Add(BothToNothing.Instance, (Action<Outcome>)(outcome =>
        {
            if (outcome.Failure is null)
                callback();
            else
                errback(outcome.Failure);
        }), null);
    }

    /// <summary>Adds a callback for both ends; the chain has then succeeded, unless it throws.</summary>
    /// <param name="callback">Is given how the chain stands.</param>
    public Deferred AddBoth(Action<Outcome> callback) =>
        Add(BothToNothing.Instance, callback, null);

    /// <summary>Adds a callback for both ends whose Deferred is waited for.</summary>
    /// <param name="callback">Is given how the chain stands.</param>
    [OverloadResolutionPriority(1)]
    public Deferred AddBoth(Func<Outcome, Deferred> callback) =>
        Add(BothToDeferred.Instance, callback, null);

    /// <summary>Runs on both ends and changes neither, unless it throws.</summary>
    /// <param name="cleanup">What to run.</param>
    public Deferred Finally(Action cleanup) =>
        Add(Cleanup.Instance, cleanup, _root._tail);

    /// <summary>Runs on both ends, waits for the Deferred, and changes neither, unless that fails.</summary>
    /// <param name="cleanup">What to run and wait for.</param>
    [OverloadResolutionPriority(1)]
    public Deferred Finally(Func<Deferred> cleanup) =>
        Add(CleanupThatWaits.Instance, cleanup, _root._tail);

    /// <summary>Cancels the chain when the token is cancelled, on the thread that called this.</summary>
    /// <param name="token">The token.</param>
    public Deferred CancelOn(CancellationToken token)
    {
        CancelOnToken(token);
        return this;
    }

    /// <summary>Ends the chain: a failure is logged. Returns nothing, so nothing is left to await.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="what">What failed, in a few words.</param>
    public void LogFailures(ILogger log, string? what = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        AddErrback((Exception failure) => DeferredLog.DeferredFailed(log, failure, what ?? "A Deferred"));
    }

    /// <summary>Ends the chain: a failure is reported as unhandled at once, not when the chain is collected.</summary>
    public void Forget() =>
        AddErrback((Exception failure) => FailureSink.Report(failure, "Deferred"));

    private protected const string TaskTrap =
        "A chain does not wait for a Task by itself: return Deferred.FromTask(_ => ...), or use an async lambda.";

    private protected Deferred Add(LinkKind kind, Delegate callback, Deferred? target)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Append(kind, callback, target);
        return this;
    }

    private protected Deferred<U> AddTo<U>(LinkKind kind, Delegate callback, Deferred<U> target)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Append(kind, callback, target);
        return target;
    }

    private protected Deferred<U> NewView<U>() => new(_root);

    private protected void CancelOnToken(CancellationToken token)
    {
        if (!token.CanBeCanceled || IsSettled)
            return;
        SynchronizationContext? home = SynchronizationContext.Current;
        CancellationTokenRegistration registration = token.Register(() =>
        {
            if (home is null || home == SynchronizationContext.Current)
                Cancel();
            else
                home.Post(static chain => ((Deferred)chain!).Cancel(), this);
        });
        Finally(() => registration.Unregister());
    }
}
