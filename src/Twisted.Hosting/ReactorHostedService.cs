using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Twisted.Application;

namespace Twisted.Hosting;

/// <summary>
/// The reactor and all services on it, in the life of the host: the reactor runs before any hosted service starts and
/// until all have stopped; servers close their ports before anything else stops.
/// </summary>
internal sealed class ReactorHostedService(
    ReactorRun run, IEnumerable<ServiceEntry> entries, IServiceProvider services, ILoggerFactory logging,
    IConfiguration? configuration = null) : IHostedLifecycleService
{
    private readonly ServiceEntry[] _entries = [.. entries];
    private readonly MultiService _tree = new();
    private readonly ILogger _log = logging.CreateLogger("Twisted.Hosting");
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _drained;
    private volatile bool _hasStarted;

    /// <summary>The host stops: ports are closed, connections finish.</summary>
    internal bool IsDraining => _drained is not null;

    /// <summary>Every service has started.</summary>
    internal bool HasStarted => _hasStarted;

    /// <summary>What runs. Reactor thread.</summary>
    internal IReadOnlyList<IService> Services => _tree.Services;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        TellNobodysSettings();
        return run.Start(cancellationToken);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await run.Reactor.InvokeAsync(StartAll).WaitAsync(cancellationToken).ConfigureAwait(false);
        _hasStarted = true;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ports are closed when it completes, and connections have been asked to finish.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _drained = Drain();
        try
        {
            await Task.WhenAny(_asked.Task, _drained).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // the loop stands still, and StopAsync and the end of the reactor tell of it
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (_drained ??= Drain()).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Reactor.CallFromThread(TellNotDrained); // and the end of the reactor closes them
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => run.Stop(cancellationToken);

    private async Deferred<bool> StartAll()
    {
        await _tree.PrivilegedStartService();
        await _tree.StartService();
        foreach (ServiceEntry entry in _entries)
        {
            try
            {
                IService service = entry.Make(services);
                await _tree.AddService(service);
                TellListening(entry, service);
            }
            catch (Exception failure)
            {
                HostingLog.CannotStart(_log, entry.Name, failure.Message);
                await StopAll();
                throw;
            }
        }
        return true;
    }

    private async Task Drain()
    {
        if (!run.IsRunning)
            return;
        try
        {
            await run.Reactor.InvokeAsync(() =>
            {
                Deferred<bool> stopped = StopAll();
                _asked.TrySetResult();
                return stopped;
            }).ConfigureAwait(false);
        }
        catch (ReactorNotRunningException)
        {
            return; // it has died meanwhile: nothing is open
        }
    }

    private async Deferred<bool> StopAll()
    {
        try
        {
            await _tree.StopService();
        }
        catch (Exception failure)
        {
            HostingLog.StopFailed(_log, failure);
        }
        return true;
    }

    private void TellListening(ServiceEntry entry, IService service)
    {
        EndPoint? host = (service as StreamServerService)?.Host ?? (service as DatagramServerService)?.Host;
        if (host is not null)
            HostingLog.Listening(_log, Describe(host, service is DatagramServerService), entry.Name);
    }

    private static string Describe(EndPoint address, bool isDatagram) =>
        $"{(address, isDatagram) switch { (not IPEndPoint, _) => "", (_, true) => "udp:", _ => "tcp:" }}{address}";

    private void TellNotDrained()
    {
        int left = _tree.Services.OfType<StreamServerService>().Sum(server => server.ConnectionCount);
        HostingLog.NotDrained(_log, left);
    }

    /// <summary>A name that a file spells otherwise than the program has no effect: that is told.</summary>
    private void TellNobodysSettings()
    {
        foreach (string section in new[] { SettingsSection.Servers, SettingsSection.Clients })
        {
            string[] known = [.. _entries.Where(entry => entry.Section == section).Select(entry => entry.Name)];
            IEnumerable<string> given = configuration?.GetSection(section).GetChildren().Select(one => one.Key) ?? [];
            foreach (string name in given.Except(known, StringComparer.OrdinalIgnoreCase))
            {
                HostingLog.NobodysSettings(_log, $"{section}:{name}", name,
                    known.Length == 0 ? "none" : string.Join(", ", known));
            }
        }
    }
}
