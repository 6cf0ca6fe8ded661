using System.Runtime.CompilerServices;

namespace Twisted;

/// <summary>A suspended <c>async Deferred</c> method: its state machine on the heap, and what it awaits.</summary>
internal abstract class AsyncMethod
{
    // The method that a chain is resuming on this thread, and the Deferred that it completed meanwhile. A method that
    // ends this way hands its Deferred to the run loop that resumed it instead of running it here: awaits nest to any
    // depth without recursion.
    [ThreadStatic] private static AsyncMethod? _resuming;
    [ThreadStatic] private static Deferred? _completed;

    private Deferred? _awaited;
    private ExecutionContext? _context;
    private Action? _moveNext;

    protected abstract void MoveNext();

    /// <summary>Whether the method's result still counts: it does not when its Deferred was cancelled.</summary>
    internal static bool MayFire(Deferred result) => !result.IsFired && result.BeginFromMethod();

    /// <summary>The method has ended and its result is stored: run the chain of its Deferred.</summary>
    internal static void Finish(AsyncMethod? method, Deferred result)
    {
        if (method is not null && ReferenceEquals(method, _resuming))
            _completed = result;
        else
            result.RunFromMethod();
    }

    internal void WaitFor<TAwaiter>(ref TAwaiter awaiter) where TAwaiter : INotifyCompletion
    {
        if (!TryHook(ref awaiter))
            awaiter.OnCompleted(_moveNext ??= ResumeFromOutside);
    }

    internal void WaitUnsafeFor<TAwaiter>(ref TAwaiter awaiter) where TAwaiter : ICriticalNotifyCompletion
    {
        if (!TryHook(ref awaiter))
            awaiter.UnsafeOnCompleted(_moveNext ??= ResumeFromOutside);
    }

    private bool TryHook<TAwaiter>(ref TAwaiter awaiter)
    {
        _context = ExecutionContext.Capture();
        if (default(TAwaiter) is null || awaiter is not IChainAwaiter)
        {
            _awaited = null;
            return false;
        }
        Deferred chain = ((IChainAwaiter)awaiter).Chain; // the JIT makes no box of this
        _awaited = chain;
        chain.Append(Resumption.Instance, this, chain.Tail);
        return true;
    }

    /// <summary>The chain that the method awaits; null when it runs, or awaits something else.</summary>
    internal Deferred? GetAwaited() => _awaited;

    /// <summary>Resumes; returns the method's Deferred when it completed, for the run loop to go on with.</summary>
    internal Deferred? ResumeFromChain()
    {
        AsyncMethod? outer = _resuming;
        _resuming = this;
        try
        {
            Resume();
            return _completed;
        }
        finally
        {
            _completed = null;
            _resuming = outer;
        }
    }

    private void ResumeFromOutside()
    {
        AsyncMethod? outer = _resuming;
        _resuming = null;
        try
        {
            Resume();
        }
        finally
        {
            _resuming = outer;
        }
    }

    private void Resume()
    {
        _awaited = null;
        ExecutionContext? context = _context;
        _context = null;
        if (context is null)
            MoveNext();
        else
            ExecutionContext.Run(context, static method => ((AsyncMethod)method!).MoveNext(), this);
    }
}

/// <inheritdoc cref="AsyncMethod"/>
internal sealed class AsyncMethod<TStateMachine> : AsyncMethod where TStateMachine : IAsyncStateMachine
{
    internal TStateMachine StateMachine = default!;

    protected override void MoveNext() => StateMachine.MoveNext();
}
