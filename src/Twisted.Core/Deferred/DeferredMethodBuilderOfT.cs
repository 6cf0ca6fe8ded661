using System.ComponentModel;
using System.Runtime.CompilerServices;

#pragma warning disable CA1000, CA1822 // the compiler prescribes these members, static and not

namespace Twisted;

/// <summary>For the compiler: builds <c>async Deferred&lt;T&gt;</c> methods. Twisted: <c>inlineCallbacks</c>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeferredMethodBuilder<T>
{
    private AsyncMethod? _method;
    private Deferred<T>? _result;

    /// <summary>For the compiler.</summary>
    public static DeferredMethodBuilder<T> Create() => default;

    /// <summary>For the compiler.</summary>
    public Deferred<T> Task => _result ??= new Deferred<T>();

    /// <summary>For the compiler.</summary>
    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        default(AsyncTaskMethodBuilder).Start(ref stateMachine); // restores the ExecutionContext, keeps nothing

    /// <summary>For the compiler.</summary>
    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    /// <summary>For the compiler.</summary>
    public void SetResult(T result)
    {
        if (Deferred<T>.RefuseAsValue(result) is { } mistake)
        {
            SetException(mistake);
            return;
        }
        Deferred<T> deferred = Task;
        if (!AsyncMethod.MayFire(deferred))
            return;
        deferred.CurrentValue = result;
        AsyncMethod.Finish(_method, deferred);
    }

    /// <summary>For the compiler.</summary>
    public void SetException(Exception exception)
    {
        Deferred<T> deferred = Task;
        if (!AsyncMethod.MayFire(deferred))
            return;
        deferred.SetFailure(exception);
        AsyncMethod.Finish(_method, deferred);
    }

    /// <summary>For the compiler.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        Suspend(ref stateMachine).WaitFor(ref awaiter);

    /// <summary>For the compiler.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        Suspend(ref stateMachine).WaitUnsafeFor(ref awaiter);

    private AsyncMethod Suspend<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (_method is not null)
            return _method;
        var method = new AsyncMethod<TStateMachine>();
        _method = method;
        _result = new Deferred<T>(method.GetAwaited);
        method.StateMachine = stateMachine; // last: the copy holds this builder with both fields set
        return method;
    }
}
