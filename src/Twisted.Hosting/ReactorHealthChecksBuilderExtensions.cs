using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Twisted.Hosting;

/// <summary>Health of the host's reactor and its servers.</summary>
public static class ReactorHealthChecksBuilderExtensions
{
    private static readonly TimeSpan UsualLag = TimeSpan.FromSeconds(1);

    extension(IHealthChecksBuilder builder)
    {
        /// <summary>
        /// Adds two checks: NAME-live, tagged "live", whether the loop comes to a call in time, and NAME-ready, tagged
        /// "ready", whether every server listens and the host does not stop. What is unhealthy says why.
        /// </summary>
        /// <param name="name">The name that both begin with.</param>
        /// <param name="maxLag">
        /// How long the loop may take to come to a call; one second unless given. No answer takes longer.
        /// </param>
        /// <remarks>The reactor's thread is asked, so a check never sees a state that was. Any thread.</remarks>
        public IHealthChecksBuilder AddReactor(string name = "reactor", TimeSpan? maxLag = null)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentException.ThrowIfNullOrEmpty(name);
            TimeSpan lag = maxLag ?? UsualLag;
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lag, TimeSpan.Zero, nameof(maxLag));
            builder.Services.AddReactor();
            return builder
                .Add(new HealthCheckRegistration($"{name}-live", services => new LiveCheck(
                    services.GetRequiredService<ReactorRun>(), services.GetRequiredService<LoopProbe>(), lag),
                    failureStatus: null, tags: ["live"]))
                .Add(new HealthCheckRegistration($"{name}-ready", services => new ReadyCheck(
                    services.GetRequiredService<ReactorRun>(), services.GetRequiredService<ReactorHostedService>(),
                    lag),
                    failureStatus: null, tags: ["ready"]));
        }
    }
}
