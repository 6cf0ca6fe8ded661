namespace Twisted.Internet;

/// <summary>The life of a reactor: run, stop, and what happens at both ends.</summary>
/// <remarks>
/// Reactor thread only, except <see cref="RunAsync"/> and <see cref="IsRunning"/>; use
/// <see cref="IReactorThreads.CallFromThread(Action)"/> from elsewhere. Twisted: <c>IReactorCore</c>.
/// </remarks>
public interface IReactorCore
{
    /// <summary>Runs the loop on the calling thread until <see cref="Stop"/>.</summary>
    /// <exception cref="ReactorAlreadyRunningException">It runs already.</exception>
    /// <exception cref="ReactorNotRestartableException">It has run before.</exception>
    void Run();

    /// <summary>Asks the loop to end: shutdown triggers run, connections end, then <see cref="Run"/> returns.</summary>
    /// <exception cref="ReactorNotRunningException">It does not run, or was told to stop already.</exception>
    void Stop();

    /// <summary>Ends the loop at once, without shutdown triggers and without closing anything.</summary>
    void Crash();

    /// <summary>Whether the loop runs. Any thread may ask.</summary>
    bool IsRunning { get; }

    /// <summary>Runs the loop on a thread of its own, for hosts and graphical programs. Any thread.</summary>
    /// <param name="cancellationToken">Stops the reactor.</param>
    /// <returns>A task that completes when the loop has ended.</returns>
    Task RunAsync(CancellationToken cancellationToken = default);

    /// <summary>Calls at once when the loop runs, otherwise when it has started.</summary>
    /// <param name="callback">What to call, on the reactor thread.</param>
    void CallWhenRunning(Action callback);

    /// <inheritdoc cref="CallWhenRunning(Action)"/>
    void CallWhenRunning(Func<Deferred> callback);

    /// <summary>Adds a call to a phase of start-up or shutdown. Dispose the result to remove it.</summary>
    /// <param name="phase">Before, during or after the event; see <see cref="TriggerPhase"/>.</param>
    /// <param name="systemEvent">Which event.</param>
    /// <param name="callback">What to call, on the reactor thread. An exception is logged, others still run.</param>
    IDisposable AddSystemEventTrigger(TriggerPhase phase, SystemEvent systemEvent, Action callback);

    /// <inheritdoc cref="AddSystemEventTrigger(TriggerPhase, SystemEvent, Action)"/>
    /// <remarks>In the phase <see cref="TriggerPhase.Before"/> the Deferred is waited for; elsewhere not.</remarks>
    IDisposable AddSystemEventTrigger(TriggerPhase phase, SystemEvent systemEvent, Func<Deferred> callback);

    /// <summary>Tells of a failure that nobody handled: a callback that threw, a Deferred that ended failed.</summary>
    event Action<UnhandledFailure>? UnhandledFailure;
}
