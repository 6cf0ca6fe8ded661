namespace Twisted.Words;

/// <summary>What a server knows of a user.</summary>
public sealed record IrcWhois
{
    /// <summary>The nickname.</summary>
    public required string Nickname { get; init; }

    /// <summary>The user name.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The host.</summary>
    public string Host { get; init; } = "";

    /// <summary>The name of the person.</summary>
    public string RealName { get; init; } = "";

    /// <summary>The server.</summary>
    public string Server { get; init; } = "";

    /// <summary>Whether it is an operator.</summary>
    public bool IsOperator { get; init; }

    /// <summary>How long it has said nothing; null when it is not told.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>The channels, with the marks of the modes it has there.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Why it is away; null when it is there.</summary>
    public string? Away { get; init; }

    /// <summary>The account; null when it is not told.</summary>
    public string? Account { get; init; }
}
