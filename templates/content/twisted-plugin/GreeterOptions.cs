using Twisted.Application.Plugins;

namespace APPLICATION_NAMESPACE;

/// <summary>The options of <c>twistd SUB_COMMAND</c>: their initial values are the defaults.</summary>
public sealed record GreeterOptions
{
    [Option("--port", "-p", Description = "Where to listen: an endpoint string.", HelpName = "ENDPOINT")]
    public string Port { get; init; } = "tcp:8001:interface=127.0.0.1";

    [Option("--greeting", Description = "What everybody is told.", HelpName = "TEXT")]
    public string Greeting { get; init; } = "Hello.";
}
