namespace Twisted.Internet;

/// <summary>
/// A loop that belongs to somebody else, a GUI framework's for example, and in which a reactor runs: both on one
/// thread, so that callbacks of the reactor may touch windows, and those of the windows transports.
/// </summary>
/// <remarks>
/// Give it as <see cref="ReactorOptions.HostLoop"/>. <c>reactor.Run()</c> runs the loop until the reactor has stopped,
/// as Twisted's GUI reactors do; <c>reactor.RunAsync()</c> starts the reactor in a loop that its owner runs.
/// <see cref="SynchronizationContextLoop"/> and <see cref="GLibLoop"/> are two; for another one write these three
/// methods.
/// </remarks>
public interface IHostLoop
{
    /// <summary>Has the loop's thread call, soon, in the order of the posts. Any thread.</summary>
    /// <param name="callback">What to call. It does not throw.</param>
    void Post(Action callback);

    /// <summary>Runs the loop on this thread until <see cref="Quit"/>.</summary>
    void Run();

    /// <summary>Ends <see cref="Run"/> when the running callback has returned. The loop's thread.</summary>
    void Quit();
}
