using Microsoft.Extensions.Logging;
using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>What the tool runs: a maker's service, and what is known of the servers in it.</summary>
internal sealed class ServerService : MultiService
{
    private readonly IService _made;
    private readonly ApplicationContext _application;

    private ServerService(IService made, ApplicationContext application)
    {
        _made = made;
        _application = application;
        AddService(made).Forget();
    }

    /// <summary>Whether standard output is a connection's: then the log goes to standard error.</summary>
    internal bool TakesOutput => _application.Served.Any(server => server.TakesOutput);

    /// <summary>Makes it.</summary>
    /// <param name="maker">What makes the service.</param>
    /// <param name="options">The maker's options.</param>
    /// <param name="settings">How it runs.</param>
    /// <param name="reactor">What it runs on.</param>
    /// <param name="logging">Where it logs.</param>
    internal static IService Make(
        IServiceMaker maker, object options, TwistdSettings settings, IReactor reactor, ILoggerFactory logging)
    {
        var application = new ApplicationContext(settings, reactor, logging);
        IService? made = maker.MakeService(options, application); // a plugin may be compiled without nullable
        return new ServerService(
            made ?? throw new InvalidOperationException($"{maker.GetType()} made no service."), application);
    }

    /// <summary>For the manager of services.</summary>
    public override string ToString() =>
        _application.Served.Count > 0 ? string.Join(", ", _application.Served) : $"{_made}";
}
