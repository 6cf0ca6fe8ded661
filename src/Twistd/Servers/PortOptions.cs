using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>The options of a server that needs no others.</summary>
internal record PortOptions
{
    /// <summary>Where it listens.</summary>
    [Option("--port", "-p", Description = "Where to listen: an endpoint string.", HelpName = "ENDPOINT")]
    public string Port { get; init; } = "";
}
