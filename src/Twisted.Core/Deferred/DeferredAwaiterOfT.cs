using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Twisted;

/// <summary>What the compiler uses to await a Deferred with a value: it resumes inline when the chain fires.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct DeferredAwaiter<T> : ICriticalNotifyCompletion, IChainAwaiter, IEquatable<DeferredAwaiter<T>>
{
    private readonly Deferred<T> _view;

    internal DeferredAwaiter(Deferred<T> view) => _view = view;

    Deferred IChainAwaiter.Chain => _view.Root;

    /// <summary>Whether the chain has a result now.</summary>
    public bool IsCompleted => _view.IsSettled;

    /// <summary>The value; throws the failure, if there is one.</summary>
    public T GetResult()
    {
        Deferred chain = _view.Root;
        chain.EnsureHasResult();
        chain.Observe();
        if (chain.CurrentFailure is { } failure)
        {
            chain.MarkObserved();
            ExceptionDispatchInfo.Throw(failure);
        }
        return _view.CurrentChainValue;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _view.Append(Continuation.Instance, continuation, _view.Tail);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    /// <inheritdoc/>
    public bool Equals(DeferredAwaiter<T> other) => ReferenceEquals(_view, other._view);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DeferredAwaiter<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(_view);

    /// <summary>Whether both await the same Deferred.</summary>
    public static bool operator ==(DeferredAwaiter<T> left, DeferredAwaiter<T> right) => left.Equals(right);

    /// <summary>Whether they await different Deferreds.</summary>
    public static bool operator !=(DeferredAwaiter<T> left, DeferredAwaiter<T> right) => !left.Equals(right);
}
