using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Twisted.Hosting;

/// <summary>Whether the loop goes round: it comes to a call within the limit.</summary>
internal sealed class LiveCheck(ReactorRun run, LoopProbe probe, TimeSpan maxLag) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!run.IsRunning)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, run.Defect is { } defect
                ? $"The reactor has died: {defect.Message}"
                : "The reactor does not run: the host has not started it yet, or has stopped it.", run.Defect);
        }
        TimeSpan lag = await probe.Measure(maxLag, cancellationToken).ConfigureAwait(false);
        var data = new Dictionary<string, object> { ["lag"] = lag };
        string text = string.Create(CultureInfo.InvariantCulture, $"{lag.TotalMilliseconds:F1} ms");
        return lag < maxLag
            ? HealthCheckResult.Healthy($"The reactor came to a call after {text}.", data)
            : new HealthCheckResult(context.Registration.FailureStatus,
                $"The reactor has not come to a call for {text}: a callback holds its thread. Set "
                + "ReactorOptions.StallThreshold to have it named.", data: data);
    }
}
