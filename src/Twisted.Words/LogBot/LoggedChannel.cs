namespace Twisted.Words;

/// <summary>A channel that the bot wants to be in.</summary>
internal sealed class LoggedChannel(string name)
{
    internal string Name { get; } = name;

    /// <summary>How long to wait before the next attempt.</summary>
    internal TimeSpan Delay { get; set; }

    /// <summary>The next attempt, while the bot is not there.</summary>
    internal IDelayedCall? Retry { get; set; }

    /// <summary>Since when it is there.</summary>
    internal TimeSpan Since { get; set; }

    /// <summary>Whether the log has been told that it cannot be joined.</summary>
    internal bool IsRefused { get; set; }
}
