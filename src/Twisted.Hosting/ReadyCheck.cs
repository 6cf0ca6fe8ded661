using Microsoft.Extensions.Diagnostics.HealthChecks;
using Twisted.Application;

namespace Twisted.Hosting;

/// <summary>Whether clients are welcome: every server listens, and none is about to stop.</summary>
internal sealed class ReadyCheck(ReactorRun run, ReactorHostedService services, TimeSpan patience) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string? reason = services switch
        {
            { IsDraining: true } => "The host stops: ports are closed, connections finish.",
            { HasStarted: false } => "The servers have not started yet.",
            _ => await WhatIsMissing(cancellationToken).ConfigureAwait(false),
        };
        return reason is null
            ? HealthCheckResult.Healthy("Every server listens.")
            : new HealthCheckResult(context.Registration.FailureStatus, reason);
    }

    private async Task<string?> WhatIsMissing(CancellationToken cancellationToken)
    {
        try
        {
            string[] closed = await run.Reactor.InvokeAsync(() => Deferred.Succeed(Closed()))
                .WaitAsync(patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            return closed.Length == 0 ? null : $"Not listening: {string.Join(", ", closed)}.";
        }
        catch (ReactorNotRunningException)
        {
            return "The reactor has ended: nothing listens.";
        }
        catch (TimeoutException)
        {
            return $"The reactor has not answered within {patience.TotalSeconds} s: a callback holds its thread.";
        }
    }

    private string[] Closed() =>
    [
        .. services.Services
            .Where(service => service is StreamServerService { Host: null } or DatagramServerService { Host: null })
            .Select(service => $"{service}"),
    ];
}
