using Microsoft.Extensions.DependencyInjection;
using Twisted.Application;

namespace Twisted.Hosting;

/// <summary>A service that was added to the host.</summary>
/// <param name="Name">What the log, the configuration and the health checks call it.</param>
/// <param name="Section">Where its settings are; null for one without.</param>
/// <param name="Make">Makes it. Reactor thread.</param>
internal sealed record ServiceEntry(string Name, string? Section, Func<IServiceProvider, IService> Make)
{
    /// <summary>Adds it behind the others.</summary>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    internal IServiceCollection AddTo(IServiceCollection services)
    {
        ArgumentException.ThrowIfNullOrEmpty(Name, "name");
        if (services.Any(service => service is { IsKeyedService: false, ImplementationInstance: ServiceEntry other }
            && other.Name.Equals(Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"There is a service '{Name}' on the reactor already. "
                + "Give this one a name of its own: its settings are found by it.");
        }
        return services.AddSingleton(this);
    }
}
