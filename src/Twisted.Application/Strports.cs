using Microsoft.Extensions.Logging;

namespace Twisted.Application;

/// <summary>Servers by endpoint string, in one call. Twisted: <c>twisted.application.strports</c>.</summary>
public static class Strports
{
    /// <summary>A service that listens where a string says. Twisted: <c>strports.service</c>.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <param name="description">An endpoint string, <c>tcp:8007</c>, say.</param>
    /// <param name="factory">What builds the protocols.</param>
    /// <param name="log">For the service.</param>
    /// <exception cref="FormatException">The string is not one.</exception>
    public static StreamServerService Service(
        IReactor reactor, string description, IProtocolFactory factory, ILogger? log = null) =>
        new(reactor, Endpoints.Server(reactor, description), factory, log);

    /// <summary>Listens now, without a service. Twisted: <c>strports.listen</c>.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <param name="description">An endpoint string.</param>
    /// <param name="factory">What builds the protocols.</param>
    /// <returns>Fires with the port; fails with <see cref="CannotListenException"/>.</returns>
    public static Deferred<IListeningPort> Listen(IReactor reactor, string description, IProtocolFactory factory) =>
        Endpoints.Server(reactor, description).Listen(factory);
}
