using Twisted.Application.Plugins;

namespace Twisted.Words;

/// <summary>The options of <c>twistd ircd</c>.</summary>
public sealed record IrcdCommandOptions
{
    /// <summary>Where it listens.</summary>
    [Option("--port", "-p", HelpName = "ENDPOINT",
        Description = "Where to listen; may be given again. Only this machine unless given.")]
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>The server's name.</summary>
    [Option("--name", Description = "The server's own name: one word.", HelpName = "NAME")]
    public string Name { get; init; } = "irc.local";

    /// <summary>The name of the network.</summary>
    [Option("--network", Description = "The name of the network: one word.", HelpName = "NAME")]
    public string Network { get; init; } = "Twisted";

    /// <summary>The file of the message of the day.</summary>
    [Option("--motd", HelpName = "FILE",
        Description = "The message of the day; read again by REHASH and at SIGHUP.")]
    public string? Motd { get; init; }

    /// <summary>Who may log in.</summary>
    [Option("--auth", HelpName = "KIND:...",
        Description = "Who may log in: file:PATH, memory:NAME:PASSWORD, anonymous; may be given again.")]
    public IReadOnlyList<string> Auth { get; init; } = [];

    /// <summary>Whether a login is needed.</summary>
    [Option("--require-login", Description = "Let nobody in without a login.")]
    public bool RequiresLogin { get; init; }

    /// <summary>Who may become an operator.</summary>
    [Option("--oper-auth", HelpName = "KIND:...",
        Description = "Who may become an operator by OPER: file:PATH, memory:NAME:PASSWORD; may be given again.")]
    public IReadOnlyList<string> OperAuth { get; init; } = [];

    /// <summary>How many lines a client may send in a row.</summary>
    [Option("--flood-burst", HelpName = "LINES",
        Description = "So many lines a client may send in a row; 0 for no flood control.")]
    public int FloodBurst { get; init; } = 20;

    /// <summary>How many lines a second a client may go on with.</summary>
    [Option("--flood-rate", HelpName = "LINES",
        Description = "Then so many a second; 0 for no flood control.")]
    public int FloodRate { get; init; } = 2;
}
