using System.Buffers;
using Twisted.Application;
using Twisted.Logging;

namespace Twisted.Words;

/// <summary>What an <see cref="IrcLogBot"/> is called, where it listens, and how patient it is.</summary>
public sealed record IrcLogBotOptions
{
    private const int LongestName = 200; // of a channel (RFC 2812, 1.3)

    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" ,\r\n\0\a");

    /// <summary>The channels; a # is put before a name without a mark. One at least.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>The nickname that it asks for, and takes back when it is free again.</summary>
    public string Nickname { get; init; } = "twistedbot";

    /// <summary>The password of the server; null for none.</summary>
    public Secret<string>? Password { get; init; }

    /// <summary>How it proves who it is; null for not at all.</summary>
    public IrcSasl? Sasl { get; init; }

    /// <summary>Whether it also writes who comes, goes and is thrown out, topics, and notices to channels.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>Its last words.</summary>
    public string QuitMessage { get; init; } = "The log bot is stopped.";

    /// <summary>After how long it tries a channel again that it could not join or was thrown out of.</summary>
    public TimeSpan RejoinDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>That wait doubles each time, up to this; after so long in the channel it begins anew.</summary>
    public TimeSpan MaxRejoinDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often it asks for its nickname while somebody else has it.</summary>
    public TimeSpan NicknameInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How it connects again. Its PrepareConnection is not used: an attempt has succeeded when the server has accepted
    /// the login, so that one which refuses us is not asked each second.
    /// </summary>
    public ClientServiceOptions Connecting { get; init; } = new()
    {
        InitialDelay = TimeSpan.FromSeconds(5),
        MaxDelay = TimeSpan.FromMinutes(5),
        DrainTimeout = TimeSpan.FromSeconds(5), // for the server to answer our QUIT
    };

    /// <summary>Throws when no server could take these.</summary>
    internal void Validate()
    {
        if (Channels.Count == 0)
            throw new ArgumentException("A log bot needs a channel.", nameof(Channels));
        foreach (string channel in Channels)
            EnsureWord(channel, "channel");
        EnsureWord(Nickname, "nickname");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RejoinDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRejoinDelay, RejoinDelay);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(NicknameInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(
            Connecting.InitialDelay, TimeSpan.Zero, nameof(ClientServiceOptions.InitialDelay)); // a busy loop
    }

    private static void EnsureWord(string name, string what)
    {
        if (name.Length is 0 or > LongestName || name[0] == ':' || name.AsSpan().ContainsAny(NotInNames))
            throw new ArgumentException(
                $"'{name}' is no {what}: give one word of {LongestName} characters at most, without commas.");
    }
}
