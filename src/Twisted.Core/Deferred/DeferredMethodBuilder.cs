using System.ComponentModel;
using System.Runtime.CompilerServices;

#pragma warning disable CA1000, CA1822 // the compiler prescribes these members, static and not

namespace Twisted;

/// <summary>For the compiler: builds <c>async Deferred</c> methods. Twisted: <c>inlineCallbacks</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeferredMethodBuilder
{
    private AsyncMethod? _method;
    private Deferred? _result;

    /// <summary>For the compiler.</summary>
    public static DeferredMethodBuilder Create() => default;

    /// <summary>For the compiler.</summary>
    public Deferred Task => _result ??= new Deferred();

    /// <summary>For the compiler.</summary>
    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine =>
        default(AsyncTaskMethodBuilder).Start(ref stateMachine); // restores the ExecutionContext, keeps nothing

    /// <summary>For the compiler.</summary>
    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    /// <summary>For the compiler.</summary>
    public void SetResult()
    {
        Deferred result = Task;
        if (AsyncMethod.MayFire(result))
            AsyncMethod.Finish(_method, result);
    }

    /// <summary>For the compiler.</summary>
    public void SetException(Exception exception)
    {
        Deferred result = Task;
        if (!AsyncMethod.MayFire(result))
            return;
        result.SetFailure(exception);
        AsyncMethod.Finish(_method, result);
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
        _result = Deferred.OfAsyncMethod(method.GetAwaited);
        method.StateMachine = stateMachine; // last: the copy holds this builder with both fields set
        return method;
    }
}
