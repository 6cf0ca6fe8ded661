namespace Twisted.Internet;

/// <summary>
/// The loop behind a SynchronizationContext: Windows Forms, WPF, Avalonia, MAUI and others install one on their thread.
/// </summary>
/// <remarks>
/// Its owner runs it, so the reactor is started by <c>reactor.RunAsync()</c>; <c>Run()</c> throws. On its thread:
/// <code>
/// var loop = new SynchronizationContextLoop(SynchronizationContext.Current!);
/// IReactor reactor = Reactor.Create(new ReactorOptions { HostLoop = loop, HandleSignals = false });
/// Task ended = reactor.RunAsync();
/// </code>
/// </remarks>
/// <param name="context">The loop's. It has to run what is posted one after the other, on one thread.</param>
public sealed class SynchronizationContextLoop(SynchronizationContext context) : IHostLoop
{
    /// <inheritdoc/>
    public void Post(Action callback) => context.Post(static state => ((Action)state!)(), callback);

    /// <summary>Not possible: the loop belongs to its framework.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Run() => throw new NotSupportedException(
        "The loop of this SynchronizationContext is run by its owner: start the reactor in it by RunAsync().");

    /// <summary>Does nothing: the loop goes on without the reactor.</summary>
    public void Quit() { }
}
