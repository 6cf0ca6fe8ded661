using Twisted.Application.Plugins;

/// <summary>The options of <c>twistd chat</c>: their initial values are the defaults.</summary>
public sealed record ChatOptions
{
    [Option("--port", "-p", Description = "Where to listen: an endpoint string.", HelpName = "ENDPOINT")]
    public string Port { get; init; } = "tcp:7070:interface=127.0.0.1";

    [Option("--greeting", Description = "What everybody is told first.", HelpName = "TEXT")]
    public string Greeting { get; init; } = "Welcome.";

    [Option("--idle", Description = "Who says nothing for so long has to leave.", HelpName = "SECONDS")]
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);
}
