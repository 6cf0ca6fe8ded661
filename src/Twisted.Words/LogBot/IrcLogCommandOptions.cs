using Twisted.Application.Plugins;

namespace Twisted.Words;

/// <summary>The options of <c>twistd irclog</c>.</summary>
public sealed record IrcLogCommandOptions
{
    /// <summary>The server.</summary>
    [Option("--server", Description = "The server: tcp:irc.example.net:6667, tls:irc.example.net:6697, ...",
        HelpName = "ENDPOINT")]
    public string? Server { get; init; }

    /// <summary>The channels.</summary>
    [Option("--channel", Description = "A channel to write down; once for each.", HelpName = "CHANNEL")]
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>The file.</summary>
    [Option("--file", Description = "Where to write; appended to.", HelpName = "FILE")]
    public string? File { get; init; }

    /// <summary>The nickname.</summary>
    [Option("--nick", Description = "The nickname; another one while it is taken.", HelpName = "NICK")]
    public string Nickname { get; init; } = "twistedbot";

    /// <summary>Whether it writes more.</summary>
    [Option("--verbose", Description = "Also who comes and goes, topics, and notices.")]
    public bool IsVerbose { get; init; }

    /// <summary>The file of the server's password.</summary>
    [Option("--password-file", Description = "Has the password of the server.", HelpName = "FILE")]
    public string? PasswordFile { get; init; }

    /// <summary>The file of the account.</summary>
    [Option("--sasl-file", Description = "Has ACCOUNT:PASSWORD, to prove who the bot is; needs tls:.",
        HelpName = "FILE")]
    public string? SaslFile { get; init; }

    /// <summary>The wait before the next attempt to connect.</summary>
    [Option("--reconnect-delay", HelpName = "SECONDS",
        Description = "About the longest wait after a lost connection; failures lengthen it, to 5 minutes.")]
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether it brings its own server.</summary>
    [Option("--demo", Description = "Run a server beside the bot, to try it out; --server stays away.")]
    public bool IsDemo { get; init; }

    /// <summary>The wait before the next attempt to join.</summary>
    [Option("--rejoin-delay", HelpName = "SECONDS",
        Description = "The wait before a channel is tried again; it doubles, up to 5 minutes.")]
    public TimeSpan RejoinDelay { get; init; } = TimeSpan.FromSeconds(5);
}
