using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Twisted.Application;

namespace Twisted.Hosting;

/// <summary>Servers and clients of a host, with their settings by name.</summary>
/// <remarks>Each of these methods adds the reactor too.</remarks>
public static class ServerServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds a server whose protocols a factory builds.</summary>
        /// <typeparam name="TFactory">The factory; made by the container, one for the host.</typeparam>
        /// <param name="endpoint">Where it listens; null leaves it to the configuration.</param>
        /// <param name="name">
        /// Its settings are <c>Twisted:Servers:NAME</c> (see <see cref="StreamServerOptions"/>); the factory's name
        /// unless given. Its <see cref="StreamServerService"/> is a keyed singleton of that name.
        /// </param>
        /// <exception cref="ArgumentException">There is a service of that name already.</exception>
        public IServiceCollection AddStreamServer<
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFactory>(
            string? endpoint = null, string? name = null) where TFactory : class, IProtocolFactory
        {
            ArgumentNullException.ThrowIfNull(services);
            services.TryAddSingleton<TFactory>();
            return services.AddServer(name ?? typeof(TFactory).Name, endpoint,
                (provider, _, _) => provider.GetRequiredService<TFactory>());
        }

        /// <summary>
        /// Adds a server whose protocols a function builds from the container. Each connection is a scope: what is
        /// scoped lives as long as it, and is disposed of when it has ended.
        /// </summary>
        /// <param name="name">As of the other overload.</param>
        /// <param name="endpoint">Where it listens; null leaves it to the configuration.</param>
        /// <param name="build">
        /// Builds one: <c>services =&gt; new Greeter(services.GetRequiredService&lt;Visits&gt;())</c>. Reactor thread.
        /// </param>
        /// <exception cref="ArgumentException">There is a service of that name already.</exception>
        public IServiceCollection AddStreamServer(
            string name, string? endpoint, Func<IServiceProvider, IProtocol> build)
        {
            ArgumentNullException.ThrowIfNull(services);
            ArgumentNullException.ThrowIfNull(build);
            return services.AddServer(name, endpoint, (provider, server, log) => new ScopedFactory(
                server, provider.GetRequiredService<IServiceScopeFactory>(), build, log));
        }

        /// <summary>Adds a UDP port.</summary>
        /// <typeparam name="TProtocol">Its protocol; made by the container, one for the host.</typeparam>
        /// <param name="port">Its number; 0 takes a free one.</param>
        /// <param name="address">The address to listen on; empty for every IPv4 address of this machine.</param>
        /// <param name="name">
        /// Its settings are <c>Twisted:Servers:NAME</c> (see <see cref="DatagramServerOptions"/>); the protocol's name
        /// unless given. Its <see cref="DatagramServerService"/> is a keyed singleton of that name.
        /// </param>
        /// <exception cref="ArgumentException">There is a service of that name already.</exception>
        public IServiceCollection AddDatagramServer<
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProtocol>(
            int port, string address = "", string? name = null) where TProtocol : class, IDatagramProtocol
        {
            string server = name ?? typeof(TProtocol).Name;
            services.AddReactor();
            services.TryAddSingleton<TProtocol>();
            new ServiceEntry(server, SettingsSection.Servers,
                provider => provider.GetRequiredKeyedService<DatagramServerService>(server)).AddTo(services);
            AddSettings<DatagramServerOptions>(services, SettingsSection.Servers, server, ["Port", "Address"],
                (options, given) =>
                {
                    options.Port = given.Number("Port") ?? port;
                    options.Address = given.Text("Address") ?? address;
                });
            return services.AddKeyedSingleton(server, (provider, _) =>
            {
                DatagramServerOptions options = Named<DatagramServerOptions>(provider, server);
                var reactor = provider.GetRequiredService<IReactor>();
                return new DatagramServerService(() => reactor.ListenUdp(
                    options.Port, provider.GetRequiredService<TProtocol>(), options.Address))
                { Name = server };
            });
        }

        /// <summary>Adds a client: it connects when the host starts, and again when it has lost its server.</summary>
        /// <typeparam name="TFactory">Builds its protocols; made by the container, one for the host.</typeparam>
        /// <param name="endpoint">Where to connect; null leaves it to the configuration.</param>
        /// <param name="name">
        /// Its settings are <c>Twisted:Clients:NAME</c> (see <see cref="StreamClientOptions"/>); the factory's name
        /// unless given. Its <see cref="ClientService"/> is a keyed singleton of that name: wait there to be connected.
        /// </param>
        /// <param name="options">How it connects again; the usual ones unless given.</param>
        /// <exception cref="ArgumentException">There is a service of that name already.</exception>
        public IServiceCollection AddClientService<
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFactory>(
            string? endpoint = null, string? name = null, ClientServiceOptions? options = null)
            where TFactory : class, IProtocolFactory
        {
            string client = name ?? typeof(TFactory).Name;
            services.AddReactor();
            services.TryAddSingleton<TFactory>();
            new ServiceEntry(client, SettingsSection.Clients,
                provider => provider.GetRequiredKeyedService<ClientService>(client)).AddTo(services);
            AddSettings<StreamClientOptions>(services, SettingsSection.Clients, client, ["Endpoint"],
                (settings, given) => settings.Endpoint = given.Text("Endpoint") ?? endpoint)
                .Validate(settings => !string.IsNullOrWhiteSpace(settings.Endpoint),
                    NoEndpoint(SettingsSection.Clients, client, "tcp:example.com:8007"));
            return services.AddKeyedSingleton(client, (provider, _) =>
            {
                var reactor = provider.GetRequiredService<IReactor>();
                return new ClientService(reactor,
                    Endpoints.Client(reactor, Named<StreamClientOptions>(provider, client).Endpoint!),
                    provider.GetRequiredService<TFactory>(), options, Log(provider))
                { Name = client };
            });
        }

        private IServiceCollection AddServer(string name, string? endpoint,
            Func<IServiceProvider, string, ILogger, IProtocolFactory> makeFactory)
        {
            services.AddReactor();
            new ServiceEntry(name, SettingsSection.Servers,
                provider => provider.GetRequiredKeyedService<StreamServerService>(name)).AddTo(services);
            AddSettings<StreamServerOptions>(services, SettingsSection.Servers, name,
                ["Endpoint", "DrainTimeout", "MaxConnections"], (options, given) =>
                {
                    options.Endpoint = given.Text("Endpoint") ?? endpoint;
                    options.DrainTimeout = given.Time("DrainTimeout") ?? options.DrainTimeout;
                    options.MaxConnections = given.Number("MaxConnections") ?? options.MaxConnections;
                })
                .Validate(options => !string.IsNullOrWhiteSpace(options.Endpoint),
                    NoEndpoint(SettingsSection.Servers, name, "tcp:8007"))
                .Validate(options => options.DrainTimeout >= TimeSpan.Zero,
                    $"{SettingsSection.Servers}:{name}:DrainTimeout is less than 0. Use 0 to abort at once.")
                .Validate(options => options.MaxConnections >= 0,
                    $"{SettingsSection.Servers}:{name}:MaxConnections is less than 0. Use 0 for no limit of its own.");
            services.TryAddSingleton(MakeQuota);
            return services.AddKeyedSingleton(name, (provider, _) => MakeServer(provider, name, makeFactory));
        }
    }

    private static StreamServerService MakeServer(IServiceProvider provider, string name,
        Func<IServiceProvider, string, ILogger, IProtocolFactory> makeFactory)
    {
        StreamServerOptions options = Named<StreamServerOptions>(provider, name);
        var reactor = provider.GetRequiredService<IReactor>();
        ILogger log = Log(provider);
        IStreamServerEndpoint endpoint = Endpoints.Server(reactor, options.Endpoint!);
        return new StreamServerService(reactor, endpoint, makeFactory(provider, name, log), log)
        {
            Name = name,
            DrainTimeout = options.DrainTimeout,
            Quota = new ConnectionQuota(
                options.MaxConnections, $"{SettingsSection.Servers}:{name}:MaxConnections", reactor, log)
            {
                Within = provider.GetRequiredService<ConnectionQuota>(),
            },
        };
    }

    private static ConnectionQuota MakeQuota(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<ReactorHostOptions>>().Value.MaxConnections
            ?? ConnectionQuota.Usual(Reactor.DescriptorLimit),
        $"{SettingsSection.Root}:MaxConnections", provider.GetRequiredService<IReactor>(), Log(provider));

    private static OptionsBuilder<TOptions> AddSettings<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        IServiceCollection services, string section, string name, string[] keys,
        Action<TOptions, SettingsSection> read) where TOptions : class =>
        services.AddOptions<TOptions>(name).Configure<IServiceProvider>((options, provider) =>
        {
            var given = new SettingsSection(provider.GetService<IConfiguration>(), $"{section}:{name}", keys);
            given.Check();
            read(options, given);
        }).ValidateOnStart();

    private static string NoEndpoint(string section, string name, string example) =>
        $"'{name}' has no endpoint. Give one to the method that added it, or set {section}:{name}:Endpoint, "
        + $"to {example}, say.";

    private static TOptions Named<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        IServiceProvider provider, string name) where TOptions : class =>
        provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);

    private static ILogger Log(IServiceProvider provider) =>
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Twisted.Hosting");
}
