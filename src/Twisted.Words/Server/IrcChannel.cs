namespace Twisted.Words;

/// <summary>A channel; it is there as long as it has members.</summary>
internal sealed class IrcChannel(string name, DateTimeOffset created)
{
    internal string Name => name;

    internal DateTimeOffset Created => created;

    internal Dictionary<IrcUser, ChannelStatus> Members { get; } = [];

    internal ChannelModes Modes { get; } = new();

    /// <summary>The topic; empty for none.</summary>
    internal string Topic { get; set; } = "";

    internal string TopicSetBy { get; set; } = "";

    internal long TopicSetAt { get; set; }

    internal bool IsSecret => Modes.Has(ChannelFlags.Secret);

    internal bool Has(IrcUser user) => Members.ContainsKey(user);

    internal bool IsOperator(IrcUser user) =>
        Members.TryGetValue(user, out ChannelStatus status) && (status & ChannelStatus.Operator) != 0;

    /// <summary>Whether somebody may know that it is there.</summary>
    internal bool IsVisibleTo(IrcUser user) => !IsSecret || Has(user) || user.IsOperator;

    internal bool MaySpeak(IrcUser user)
    {
        bool isMember = Members.TryGetValue(user, out ChannelStatus status);
        return status != ChannelStatus.None
            || ((isMember || !Modes.Has(ChannelFlags.NoExternalMessages))
                && !Modes.Has(ChannelFlags.Moderated)
                && !Modes.IsBanned(user));
    }

    /// <summary>The marks of a status: the highest, or all.</summary>
    internal static string Marks(ChannelStatus status, bool all) => status switch
    {
        ChannelStatus.None => "",
        ChannelStatus.Voice => "+",
        ChannelStatus.Operator => "@",
        _ => all ? "@+" : "@",
    };
}
