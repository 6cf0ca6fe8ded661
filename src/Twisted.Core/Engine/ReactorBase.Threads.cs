namespace Twisted.Internet;

// IReactorThreads, and what makes a thread the reactor thread.
internal partial class ReactorBase
{
    [ThreadStatic] private static ReactorBase? _ofThisThread;

    private readonly CancellationTokenSource _ended = new(); // cancelled when the loop has ended
    private int _inThreads; // pieces of work whose end the reactor thread has not heard of
    private bool _isEntered;
    private ReactorBase? _outerReactor;
    private SynchronizationContext? _outerContext;
    private FailureSink? _outerSink;

    public bool IsInReactorThread => ReferenceEquals(_ofThisThread, this);

    public void CallFromThread(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Enqueue(new QueuedCall(callback));
    }

    public void CallFromThread(Func<Deferred> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Enqueue(new QueuedCall(callback));
    }

    public void CallInThread(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        RunInThread(() =>
        {
            try
            {
                callback();
                return () => { };
            }
            catch (Exception failure)
            {
                return () => Report(failure, "call in thread");
            }
        });
    }

    public void SuggestThreadPoolSize(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _driver.SetThreadPoolSize(size);
    }

    public Deferred<T> DeferToThread<T>(Func<T> blocking)
    {
        ArgumentNullException.ThrowIfNull(blocking);
        var result = new Deferred<T>();
        RunInThread(() =>
        {
            try
            {
                T value = blocking();
                return () => FireUnlessCancelled(result, () => result.Callback(value));
            }
            catch (Exception failure)
            {
                return () => FireUnlessCancelled(result, () => result.Errback(failure));
            }
        });
        return result;
    }

    public Deferred DeferToThread(Action blocking)
    {
        ArgumentNullException.ThrowIfNull(blocking);
        return DeferToThread(() =>
        {
            blocking();
            return 0;
        }).AddCallback(_ => { });
    }

    public Task<T> InvokeAsync<T>(Func<Deferred<T>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Whoever waits for a reactor that ends, or has ended, would wait for ever.
        CancellationTokenRegistration atEnd = _ended.Token.UnsafeRegister(
            static waiting => ((TaskCompletionSource<T>)waiting!).TrySetException(new ReactorNotRunningException(
                "The reactor has ended: the result of this call will not come.")), result);
        CallFromThread(() => Deferred.Try(callback).AddBoth(outcome =>
        {
            atEnd.Unregister();
            if (outcome.IsSuccess)
                result.TrySetResult(outcome.Value);
            else
                result.TrySetException(outcome.Failure!);
        }));
        return result.Task;
    }

    /// <summary>Runs work elsewhere and what it returns here; until then it counts as left over.</summary>
    private void RunInThread(Func<Action> work)
    {
        Interlocked.Increment(ref _inThreads);
        _driver.RunInThread(() =>
        {
            Action tell = work();
            CallFromThread(() =>
            {
                Interlocked.Decrement(ref _inThreads);
                tell();
            });
        });
    }

    public ReactorSwitch SwitchToReactor() => new(this);

    /// <returns>False when the loop has ended and the call is dropped.</returns>
    internal bool Enqueue(QueuedCall call) => _calls.Add(call, IsInReactorThread);

    /// <summary>Runs at once on the reactor thread, else queues.</summary>
    internal void RunOrQueue(Action action)
    {
        if (IsInReactorThread)
            action();
        else
            CallFromThread(action);
    }

    /// <summary>
    /// This thread is the reactor's until <see cref="Leave"/>. It nests: a test steps several reactors.
    /// </summary>
    internal void Enter()
    {
        _isEntered = true;
        _outerReactor = _ofThisThread;
        _outerContext = SynchronizationContext.Current;
        _outerSink = FailureSink.Current;
        _ofThisThread = this;
        FailureSink.Current = _sink;
        SynchronizationContext.SetSynchronizationContext(SynchronizationContext);
    }

    internal void Leave()
    {
        _isEntered = false;
        _ofThisThread = _outerReactor;
        FailureSink.Current = _outerSink;
        SynchronizationContext.SetSynchronizationContext(_outerContext);
        _outerReactor = null;
        _outerContext = null;
        _outerSink = null;
    }

    /// <summary>
    /// Called from outside an iteration, by a callback of the loop that the reactor lives in, say: nobody else would
    /// notice that there is something to do.
    /// </summary>
    private void WakeFromOutside()
    {
        if (!_isEntered)
            _driver.Wake();
    }

    private static void FireUnlessCancelled(Deferred result, Action fire)
    {
        if (!result.IsFired)
            fire();
    }
}
