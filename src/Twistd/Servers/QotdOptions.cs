using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>The options of the quotes of the day. Twisted's tutorial: <c>quotetap.Options</c>.</summary>
internal sealed record QotdOptions : PortOptions
{
    /// <summary>The quote; one of our own unless given.</summary>
    [Option("--static", "-s", Description = "The quote, always the same.", HelpName = "TEXT")]
    public string? Static { get; init; }

    /// <summary>Where quotes are taken from.</summary>
    [Option("--file", "-f", HelpName = "FILE",
        Description = "A fortune file: each time a random quote of it. May be given again.")]
    public IReadOnlyList<string> Files { get; init; } = [];
}
