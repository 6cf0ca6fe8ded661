namespace Twisted.Words;

/// <summary>What a member may do in a channel.</summary>
[Flags]
internal enum ChannelStatus : byte
{
    None = 0,
    Voice = 1,
    Operator = 2,
}

/// <summary>Modes of a channel without a parameter.</summary>
[Flags]
internal enum ChannelFlags : byte
{
    None = 0,
    InviteOnly = 1,
    Moderated = 2,
    NoExternalMessages = 4,
    Secret = 8,
    TopicByOperators = 16,
}

/// <summary>One mask of a channel's list.</summary>
internal sealed record ListedMask(string Mask, string SetBy, long SetAt);

/// <summary>The modes of a channel.</summary>
internal sealed class ChannelModes
{
    /// <summary>The letters that have no parameter, in the order of the alphabet.</summary>
    private const string Letters = "imnst";

    internal ChannelFlags Flags { get; set; }

    internal string? Key { get; set; }

    /// <summary>How many members there may be; 0 for any number.</summary>
    internal int Limit { get; set; }

    internal List<ListedMask>? Bans { get; set; }

    internal List<ListedMask>? Exceptions { get; set; }

    internal bool Has(ChannelFlags flag) => (Flags & flag) != 0;

    /// <summary>The flag of a letter; none when there is none of it.</summary>
    internal static ChannelFlags FlagOf(char letter) => Letters.IndexOf(letter, StringComparison.Ordinal) switch
    {
        < 0 => ChannelFlags.None,
        var place => (ChannelFlags)(1 << place),
    };

    /// <summary>The flags of letters.</summary>
    internal static ChannelFlags FlagsOf(string letters) =>
        letters.Aggregate(ChannelFlags.None, (flags, letter) => flags | FlagOf(letter));

    internal bool IsBanned(IrcUser user) =>
        IsListed(Bans, user) && !IsListed(Exceptions, user);

    /// <summary>As RPL_CHANNELMODEIS tells them; the key only to those who know it.</summary>
    internal string Describe(bool withKey)
    {
        string letters = string.Concat(Letters.Where(letter => Has(FlagOf(letter))));
        string parameters = "";
        if (Key is not null)
        {
            letters += "k";
            parameters += $" {(withKey ? Key : "*")}";
        }
        if (Limit > 0)
        {
            letters += "l";
            parameters += $" {Limit}";
        }
        return $"+{letters}{parameters}";
    }

    private static bool IsListed(List<ListedMask>? masks, IrcUser user) =>
        masks is not null && masks.Exists(listed => IrcMask.Matches(listed.Mask, user.Prefix));
}
