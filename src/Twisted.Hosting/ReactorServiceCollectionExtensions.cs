using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Twisted.Application;

namespace Twisted.Hosting;

/// <summary>A reactor, and services on it, in a host.</summary>
/// <remarks>
/// The reactor has a thread of its own, runs before any hosted service starts and until all have stopped, logs to the
/// host's ILoggerFactory, and leaves the signals to the host. Its services start in the order in which they were added,
/// where the first of these calls stands among the hosted services; they stop together, before anything else.
/// </remarks>
public static class ReactorServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the host's one reactor: <see cref="IReactor"/> and each of its facets can be injected. The other
        /// methods do it too; call it to set options.
        /// </summary>
        /// <param name="configure">
        /// Changes its options: <c>options =&gt; options with { Kind = ReactorKind.Portable }</c>. Several calls change
        /// them in turn. HandleSignals is always false.
        /// </param>
        /// <remarks>
        /// Reactor thread only, as ever: from a controller or another hosted service go through InvokeAsync or
        /// SwitchToReactor. When the reactor dies of a defect, the host stops with exit code 70; when it is told to
        /// stop, the host stops as well.
        /// </remarks>
        public IServiceCollection AddReactor(Func<ReactorOptions, ReactorOptions>? configure = null)
        {
            ArgumentNullException.ThrowIfNull(services);
            if (configure is not null)
                services.AddSingleton(new ReactorSetting(configure));
            if (services.Any(service => service.ServiceType == typeof(ReactorRun)))
                return services;
            services.AddSingleton(MakeRun);
            services.AddSingleton(provider => new LoopProbe(
                provider.GetRequiredService<ReactorRun>(), TimeProvider.System));
            services.AddSingleton(MakeHostedService);
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ReactorHostedService>());
            AddFacets(services);
            AddHostOptions(services);
            return services;
        }

        /// <summary>Adds a service: it starts when the host does, and stops when the host does.</summary>
        /// <typeparam name="TService">What it is; made by the container, one for the host.</typeparam>
        /// <param name="name">What the log calls it; its type's name unless given.</param>
        /// <exception cref="ArgumentException">There is one of that name already.</exception>
        public IServiceCollection AddService<
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>(
            string? name = null) where TService : class, IService
        {
            services.AddReactor();
            services.TryAddSingleton<TService>();
            return new ServiceEntry(name ?? typeof(TService).Name, Section: null,
                provider => provider.GetRequiredService<TService>()).AddTo(services);
        }
    }

    private static ReactorRun MakeRun(IServiceProvider provider)
    {
        var logging = provider.GetRequiredService<ILoggerFactory>();
        var options = new ReactorOptions { Logging = logging };
        foreach (ReactorSetting setting in provider.GetServices<ReactorSetting>())
            options = setting.Change(options);
        return new ReactorRun(Reactor.Create(options with { HandleSignals = false }),
            provider.GetRequiredService<IHostApplicationLifetime>(), logging.CreateLogger("Twisted.Hosting"));
    }

    private static ReactorHostedService MakeHostedService(IServiceProvider provider) => new(
        provider.GetRequiredService<ReactorRun>(), provider.GetServices<ServiceEntry>(), provider,
        provider.GetRequiredService<ILoggerFactory>(), provider.GetService<IConfiguration>());

    private static void AddHostOptions(IServiceCollection services) =>
        services.AddOptions<ReactorHostOptions>().Configure<IServiceProvider>((options, provider) =>
            {
                var given = new SettingsSection(provider.GetService<IConfiguration>(), SettingsSection.Root);
                options.MaxConnections = given.Number("MaxConnections") ?? options.MaxConnections;
            })
            .Validate(options => options.MaxConnections is null or >= 0,
                $"{SettingsSection.Root}:MaxConnections is less than 0. Use 0 for no limit.")
            .ValidateOnStart();

    private static void AddFacets(IServiceCollection services)
    {
        AddFacet<IReactor>(services);
        AddFacet<IReactorCore>(services);
        AddFacet<IReactorTime>(services);
        AddFacet<IReactorThreads>(services);
        AddFacet<IReactorTcp>(services);
        AddFacet<IReactorTcpOptions>(services);
        AddFacet<IReactorTcpConnect>(services);
        AddFacet<IReactorUdp>(services);
        AddFacet<IReactorMulticast>(services);
        AddFacet<IReactorUnix>(services);
        AddFacet<IReactorUnixOptions>(services);
        AddFacet<IReactorUnixDatagrams>(services);
        AddFacet<IReactorNames>(services);
        AddFacet<IReactorNameResolver>(services);
        AddFacet<IReactorProcess>(services);
        AddFacet<IReactorStandardIO>(services);
        AddFacet<IReactorSignals>(services);
        AddFacet<IReactorAdopt>(services);
        AddFacet<IReactorHandover>(services);
        AddFacet<IReactorFds>(services);
    }

    private static void AddFacet<TFacet>(IServiceCollection services) where TFacet : class =>
        services.TryAddSingleton(provider => provider.GetRequiredService<ReactorRun>().Reactor is TFacet facet
            ? facet
            : throw new NotSupportedException($"The host's reactor has no {typeof(TFacet).Name}. "
                + "Take IReactor and ask it with 'is', or choose another ReactorOptions.Kind."));
}
