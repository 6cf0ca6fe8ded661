namespace Twisted.Words;

/// <summary>One message of IRC (RFC 2812, IRCv3 message tags), read where it lies: nothing is copied.</summary>
/// <remarks>
/// Parts are separated by blanks (0x20) alone, any number of them. All parts are bytes: the protocol has no encoding,
/// see <see cref="IrcEncoding"/>. Valid as long as the line it was parsed from. Twisted: <c>parsemsg</c>.
/// </remarks>
public readonly ref struct IrcMessage
{
    private readonly ReadOnlySpan<byte> _tags;

    private IrcMessage(
        ReadOnlySpan<byte> tags, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> command, ReadOnlySpan<byte> rest)
    {
        _tags = tags;
        Prefix = prefix;
        Command = command;
        Parameters = new IrcParameters(rest);
    }

    /// <summary>The tags; empty when there are none.</summary>
    public IrcTags Tags => new(_tags);

    /// <summary>Who sent it, without the colon: a server, or nick!user@host; empty when it is not said.</summary>
    public ReadOnlySpan<byte> Prefix { get; }

    /// <summary>A word or three digits; never empty.</summary>
    public ReadOnlySpan<byte> Command { get; }

    /// <summary>What follows the command.</summary>
    public IrcParameters Parameters { get; }

    /// <summary>Reads a message.</summary>
    /// <param name="line">One line, without its CR and LF.</param>
    /// <param name="message">The message; parts of the line.</param>
    /// <returns>False when there is no command in the line. Every other line is a message.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out IrcMessage message)
    {
        ReadOnlySpan<byte> rest = line;
        ReadOnlySpan<byte> tags = default;
        ReadOnlySpan<byte> prefix = default;
        if (line is [(byte)'@', ..])
        {
            tags = IrcParameters.CutWord(line[1..], out rest);
            rest = IrcParameters.SkipBlanks(rest);
        }
        if (rest is [(byte)':', ..])
            prefix = IrcParameters.CutWord(rest[1..], out rest);
        rest = IrcParameters.SkipBlanks(rest);
        ReadOnlySpan<byte> command = rest is [(byte)':', ..] ? default : IrcParameters.CutWord(rest, out rest);
        message = new IrcMessage(tags, prefix, command, rest);
        return !command.IsEmpty;
    }
}
