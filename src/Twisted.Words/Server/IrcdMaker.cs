using Microsoft.Extensions.Logging;
using Twisted.Application;
using Twisted.Application.Plugins;
using Twisted.Cred;

namespace Twisted.Words;

/// <summary>Makes what <c>twistd ircd</c> runs: a server of IRC. Twisted: <c>twistd words</c>.</summary>
public sealed class IrcdMaker : ServiceMaker<IrcdCommandOptions>
{
    private const string LocalPort = "tcp:6667:interface=127.0.0.1";

    /// <inheritdoc/>
    public override IService MakeService(IrcdCommandOptions options, IApplicationContext application)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(application);
        IReactor reactor = application.Reactor;
        try
        {
            var factory = new IrcServerFactory(reactor, new IrcServerOptions
            {
                Name = options.Name,
                Network = options.Network,
                Motd = options.Motd is { } file ? MotdFile.Read(file) : [],
                ReadMotd = options.Motd is { } again ? () => MotdFile.Read(again) : null,
                Portal = PortalOf(reactor, options.Auth),
                RequiresLogin = options.RequiresLogin,
                Operators = PortalOf(reactor, options.OperAuth),
                FloodBurst = options.FloodBurst,
                FloodRate = options.FloodRate,
                Die = reactor.Stop,
            }, application.Logging.CreateLogger("Twisted.Words"));
            var service = new IrcdService(factory);
            foreach (string port in options.Ports.DefaultIfEmpty(LocalPort))
                service.AddService(application.Serve(port, factory)).Forget();
            return service;
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    private static Portal? PortalOf(IReactor reactor, IReadOnlyList<string> texts) => texts.Count == 0
        ? null
        : new Portal(new IrcRealm(), texts.Select(text => AuthStrings.Parse(reactor, text)))
        {
            RateLimit = new LoginRateLimit(reactor),
        };

    /// <summary>The ports of a server, and its message of the day at SIGHUP.</summary>
    private sealed class IrcdService(IrcServerFactory factory) : MultiService, IReloadable
    {
        public new async Deferred Reload()
        {
            factory.Rehash();
            await base.Reload();
        }
    }
}
