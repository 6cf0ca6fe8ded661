using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Twisted.Hosting;

/// <summary>The host's reactor and its thread: runs while the host does, and does not die unnoticed.</summary>
internal sealed class ReactorRun : IAsyncDisposable, IDisposable
{
    /// <summary>Of a process that ended by a defect, as twistd's.</summary>
    internal const int DefectExitCode = 70;

    /// <summary>For what is left to do when the host has no patience any more.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger _log;
    private Task? _ended;
    private volatile bool _stopping;

    internal ReactorRun(IReactor reactor, IHostApplicationLifetime lifetime, ILogger log)
    {
        Reactor = reactor;
        _lifetime = lifetime;
        _log = log;
    }

    internal IReactor Reactor { get; }

    /// <summary>What it died of; null as long as it has not.</summary>
    internal Exception? Defect { get; private set; }

    internal bool IsRunning => Reactor.IsRunning;

    /// <summary>Starts its thread.</summary>
    /// <returns>Completes when the loop goes round.</returns>
    internal async Task Start(CancellationToken cancellationToken)
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Reactor.CallWhenRunning(running.SetResult);
        Task ended = _ended = Reactor.RunAsync(CancellationToken.None);
        Task first = await Task.WhenAny(running.Task, ended).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (first == ended)
            await ended.ConfigureAwait(false);
        _ = Watch(ended);
    }

    /// <summary>Ends the loop: closes what is open, and waits for the thread.</summary>
    /// <param name="cancellationToken">Ends the wait, and if need be the loop, the hard way.</param>
    internal async Task Stop(CancellationToken cancellationToken)
    {
        _stopping = true;
        if (_ended is not { IsCompleted: false } ended)
            return;
        Reactor.CallFromThread(StopLoop);
        if (await Ends(ended, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false)
            || await Ends(ended, LastPatience, CancellationToken.None).ConfigureAwait(false))
            return;
        Reactor.CallFromThread(Reactor.Crash); // a trigger of the shutdown waits for something
        if (!await Ends(ended, LastPatience, CancellationToken.None).ConfigureAwait(false))
            HostingLog.Stuck(_log);
    }

    /// <summary>The host is given up, perhaps without having been stopped.</summary>
    public async ValueTask DisposeAsync() => await Stop(new CancellationToken(canceled: true)).ConfigureAwait(false);

    /// <summary>The same, for a host that is disposed of without await. It waits three seconds at the most.</summary>
    public void Dispose()
    {
        if (!Reactor.IsInReactorThread)
            Stop(new CancellationToken(canceled: true)).GetAwaiter().GetResult();
    }

    private static async Task<bool> Ends(Task ended, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await ended.WaitAsync(patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!ended.IsCompleted)
        {
            return false;
        }
        catch (Exception)
        {
            return true; // of its defect the log and the exit code tell
        }
        return true;
    }

    private void StopLoop()
    {
        try
        {
            Reactor.Stop();
        }
        catch (ReactorNotRunningException)
        {
            return; // somebody has stopped it already
        }
    }

    private async Task Watch(Task ended)
    {
        try
        {
            await ended.ConfigureAwait(false);
            if (_stopping)
                return;
            HostingLog.StoppedFromInside(_log);
        }
        catch (Exception defect)
        {
            Defect = defect;
            Environment.ExitCode = DefectExitCode;
            HostingLog.Died(_log, defect, DefectExitCode);
        }
        _lifetime.StopApplication();
    }
}
