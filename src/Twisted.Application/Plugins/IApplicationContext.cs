using Microsoft.Extensions.Logging;

namespace Twisted.Application.Plugins;

/// <summary>What a service is made for: the process that <c>twistd</c> runs.</summary>
public interface IApplicationContext
{
    /// <summary>What everything runs on.</summary>
    IReactor Reactor { get; }

    /// <summary>Where it logs.</summary>
    ILoggerFactory Logging { get; }

    /// <summary>
    /// A server under the tool's own options: its limit of connections, its time to drain. It tells the log where it
    /// listens.
    /// </summary>
    /// <param name="endpoint">Where: an endpoint string.</param>
    /// <param name="factory">What builds the protocols.</param>
    /// <exception cref="FormatException">The string is not one.</exception>
    IService Serve(string endpoint, IProtocolFactory factory);
}
