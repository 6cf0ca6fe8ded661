namespace Twisted;

// Ways to make a Deferred, and the ways out of the world of Deferreds.
public partial class Deferred
{
    /// <summary>A chain that has succeeded already.</summary>
    public static Deferred Succeed()
    {
        var deferred = new Deferred();
        deferred.TryBegin();
        return deferred;
    }

    /// <summary>A chain that has its value already.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    public static Deferred<T> Succeed<T>(T value)
    {
        var deferred = new Deferred<T>();
        deferred.Callback(value);
        return deferred;
    }

    /// <summary>A chain that has failed already.</summary>
    /// <param name="e">The failure.</param>
    public static Deferred Fail(Exception e)
    {
        var deferred = new Deferred();
        deferred.Errback(e);
        return deferred;
    }

    /// <summary>A chain with a value that has failed already.</summary>
    /// <typeparam name="T">The type of the value it does not have.</typeparam>
    /// <param name="e">The failure.</param>
    public static Deferred<T> Fail<T>(Exception e)
    {
        var deferred = new Deferred<T>();
        deferred.Errback(e);
        return deferred;
    }

    /// <summary>
    /// A chain that only ends when it is cancelled: <c>await Deferred.Never();</c> keeps a server up.
    /// </summary>
    public static Deferred Never() => new();

    /// <summary>Calls and turns what it throws into a failure. Twisted: <c>maybeDeferred</c>.</summary>
    /// <param name="f">What to call.</param>
    public static Deferred Try(Func<Deferred> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        try
        {
            return f() ?? Fail(ReturnedNull());
        }
        catch (Exception failure)
        {
            return Fail(failure);
        }
    }

    /// <inheritdoc cref="Try(Func{Deferred})"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Deferred<T> Try<T>(Func<Deferred<T>> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        try
        {
            return f() ?? Fail<T>(ReturnedNull());
        }
        catch (Exception failure)
        {
            return Fail<T>(failure);
        }
    }

    /// <summary>Starts a Task and follows it, back on the thread that called. Cancelling cancels the token.</summary>
    /// <param name="start">Starts the Task.</param>
    public static Deferred FromTask(Func<CancellationToken, Task> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var cancellation = new CancellationTokenSource();
        var deferred = new Deferred(_ => cancellation.Cancel());
        TaskFollower.Follow(start, cancellation, deferred, (_, d) => d.Callback());
        return deferred;
    }

    /// <inheritdoc cref="FromTask(Func{CancellationToken, Task})"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Deferred<T> FromTask<T>(Func<CancellationToken, Task<T>> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var cancellation = new CancellationTokenSource();
        var deferred = new Deferred<T>(_ => cancellation.Cancel());
        TaskFollower.Follow(start, cancellation, deferred, (task, d) => d.Callback(task.Result));
        return deferred;
    }

    /// <summary>The result as a Task, for code outside the reactor. A cancelled chain is a cancelled Task.</summary>
    public Task AsTask()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Watch(outcome =>
        {
            if (outcome.Failure is null)
                source.SetResult();
            else if (outcome.Failure is CancelledException)
                source.SetCanceled();
            else
                source.SetException(outcome.Failure);
            return true;
        });
        return source.Task;
    }

    /// <summary>For the compiler: a Deferred can be awaited, on the reactor thread, and more than once.</summary>
    public DeferredAwaiter GetAwaiter() => new(this);

    /// <summary>Shows the result to a watcher and leaves it, unless the watcher takes a failure out.</summary>
    internal void Watch(Func<Outcome, bool> watcher) => Append(Tap.Instance, watcher, Tail);

    /// <summary>The Deferred of a suspended async method: cancelling it goes to what the method awaits.</summary>
    internal static Deferred OfAsyncMethod(Func<Deferred?> awaited) => new(awaited, hasValue: false);

    internal bool BeginFromMethod() => TryBegin();

    internal void RunFromMethod() => Run(this);
}
