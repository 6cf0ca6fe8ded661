using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Twisted;

/// <summary>
/// What the compiler uses to await a Deferred without a value: it resumes inline when the chain fires.
/// </summary>
public readonly struct DeferredAwaiter : ICriticalNotifyCompletion, IChainAwaiter, IEquatable<DeferredAwaiter>
{
    private readonly Deferred _chain;

    internal DeferredAwaiter(Deferred chain) => _chain = chain.Root;

    Deferred IChainAwaiter.Chain => _chain;

    /// <summary>Whether the chain has a result now.</summary>
    public bool IsCompleted => _chain.IsSettled;

    /// <summary>Throws the failure, if there is one.</summary>
    public void GetResult()
    {
        _chain.EnsureHasResult();
        _chain.Observe();
        if (_chain.CurrentFailure is not { } failure)
            return;
        _chain.MarkObserved();
        ExceptionDispatchInfo.Throw(failure);
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _chain.Append(Continuation.Instance, continuation, _chain.Tail);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    /// <inheritdoc/>
    public bool Equals(DeferredAwaiter other) => ReferenceEquals(_chain, other._chain);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DeferredAwaiter other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(_chain);

    /// <summary>Whether both await the same chain.</summary>
    public static bool operator ==(DeferredAwaiter left, DeferredAwaiter right) => left.Equals(right);

    /// <summary>Whether they await different chains.</summary>
    public static bool operator !=(DeferredAwaiter left, DeferredAwaiter right) => !left.Equals(right);
}
