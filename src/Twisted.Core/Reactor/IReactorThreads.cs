using System.ComponentModel;

namespace Twisted.Internet;

/// <summary>The border between the reactor thread and all others.</summary>
/// <remarks>Twisted: <c>IReactorThreads</c> and <c>twisted.internet.threads</c>.</remarks>
public interface IReactorThreads
{
    /// <summary>Whether the caller is on the reactor thread. Any thread.</summary>
    bool IsInReactorThread { get; }

    /// <summary>Queues a call for the reactor thread, first in first out, and wakes the loop. Any thread.</summary>
    /// <param name="callback">What to call in the next iteration.</param>
    void CallFromThread(Action callback);

    /// <inheritdoc cref="CallFromThread(Action)"/>
    void CallFromThread(Func<Deferred> callback);

    /// <summary>Runs blocking work on the reactor's thread pool; an exception is reported as unhandled.</summary>
    /// <param name="callback">The work.</param>
    void CallInThread(Action callback);

    /// <summary>How many threads the pool may use at most (10 unless set).</summary>
    /// <param name="size">At least 1.</param>
    void SuggestThreadPoolSize(int size);

    /// <summary>Runs blocking work on the pool and brings its result back to the reactor thread.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="blocking">The work. It must not touch the reactor.</param>
    Deferred<T> DeferToThread<T>(Func<T> blocking);

    /// <inheritdoc cref="DeferToThread{T}(Func{T})"/>
    Deferred DeferToThread(Action blocking);

    /// <summary>Not for asynchronous work: its thread would come back at the first await.</summary>
    /// <param name="asynchronous">A mistake.</param>
    [Obsolete("DeferToThread is for blocking work. Use Deferred.FromTask(_ => ...) for a Task.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    Deferred DeferToThread(Func<Task> asynchronous) => throw new NotSupportedException();

    /// <inheritdoc cref="DeferToThread(Func{Task})"/>
    [Obsolete("DeferToThread is for blocking work. Use Deferred.FromTask(_ => ...) for a Task.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    Deferred<T> DeferToThread<T>(Func<Task<T>> asynchronous) => throw new NotSupportedException();

    /// <summary>Calls on the reactor thread and waits for the result without blocking. Any thread.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="callback">What to call.</param>
    Task<T> InvokeAsync<T>(Func<Deferred<T>> callback);

    /// <summary>Await it to go on on the reactor thread. Any thread.</summary>
    ReactorSwitch SwitchToReactor();
}
