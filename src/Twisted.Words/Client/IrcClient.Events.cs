using System.Text;

namespace Twisted.Words;

/// <summary>What happens on the network.</summary>
public abstract partial class IrcClient
{
    [Command("PING")]
    private void PingAsked(in IrcMessage message) => SendUrgently("PONG", LastText(message));

    [Command("PONG")]
    private static void PongHeard(in IrcMessage message) { } // any line was the sign of life

    [Command("ERROR")]
    private void ErrorHeard(in IrcMessage message) => ErrorReceived(LastText(message));

    [Command("PRIVMSG")]
    private void PrivMsg(in IrcMessage message)
    {
        string user = Decoded(message.Prefix);
        string channel = Text(message, 0);
        string text = message.Parameters.Count < 2 ? "" : LastText(message);
        text = WithoutCtcp(text, out var queries);
        if (queries.Count > 0)
            CtcpQueriesReceived(user, channel, queries);
        if (text.Length > 0)
            PrivMsgReceived(user, channel, text);
    }

    [Command("NOTICE")]
    private void Notice(in IrcMessage message)
    {
        string user = Decoded(message.Prefix);
        string channel = Text(message, 0);
        string text = message.Parameters.Count < 2 ? "" : LastText(message);
        text = WithoutCtcp(text, out var replies);
        foreach ((string tag, string? data) in replies)
            CtcpReplyHeard(user, channel, tag, data);
        if (text.Length > 0)
            NoticeReceived(user, channel, text);
    }

    [Command("JOIN")]
    private void JoinHeard(in IrcMessage message)
    {
        string nick = NickOf(message);
        if (IsMe(nick))
            Joined(Text(message, 0));
        else
            UserJoined(nick, Text(message, 0));
        if (message.Parameters.Count > 2 && Text(message, 1) is var account and not "*") // extended-join
            AccountChanged(nick, account);
    }

    [Command("PART")]
    private void PartHeard(in IrcMessage message)
    {
        string nick = NickOf(message);
        if (IsMe(nick))
            Left(Text(message, 0));
        else
            UserLeft(nick, Text(message, 0));
    }

    [Command("QUIT")]
    private void QuitHeard(in IrcMessage message) => UserQuit(NickOf(message), Text(message, 0));

    [Command("KICK")]
    private void KickHeard(in IrcMessage message)
    {
        string channel = Text(message, 0);
        string kicked = Text(message, 1);
        if (IsMe(kicked))
            KickedFrom(channel, NickOf(message), Text(message, 2));
        else
            UserKicked(kicked, channel, NickOf(message), Text(message, 2));
    }

    [Command("NICK")]
    private void NickHeard(in IrcMessage message)
    {
        string nick = NickOf(message);
        string next = Text(message, 0);
        if (next.Length == 0)
            return;
        if (!IsMe(nick))
        {
            UserRenamed(nick, next);
            return;
        }
        Nickname = next;
        NickChanged(next);
    }

    [Command("TOPIC")]
    private void TopicHeard(in IrcMessage message) =>
        TopicUpdated(NickOf(message), Text(message, 0), Text(message, 1));

    [Command("332")]
    private void TopicIs(in IrcMessage message) =>
        TopicUpdated(NickOf(message), Text(message, 1), Text(message, 2));

    [Command("331")]
    private void NoTopic(in IrcMessage message) => TopicUpdated(NickOf(message), Text(message, 1), "");

    [Command("INVITE")]
    private void InviteHeard(in IrcMessage message) =>
        InviteReceived(NickOf(message), Text(message, 0), Text(message, 1));

    [Command("ACCOUNT")]
    private void AccountHeard(in IrcMessage message)
    {
        string account = Text(message, 0);
        AccountChanged(NickOf(message), account is "*" or "" ? null : account);
    }

    [Command("AWAY")]
    private void AwayHeard(in IrcMessage message) =>
        AwayChanged(NickOf(message), message.Parameters.Count == 0 ? null : LastText(message));

    [Command("CHGHOST")]
    private void HostHeard(in IrcMessage message) =>
        HostChanged(NickOf(message), Text(message, 0), Text(message, 1));

    [Command("SETNAME")]
    private void RealNameHeard(in IrcMessage message) => RealNameChanged(NickOf(message), LastText(message));

    [Command("MODE")]
    private void ModeHeard(in IrcMessage message)
    {
        string channel = Text(message, 0);
        string modes = Text(message, 1);
        List<string> parameters = Texts(message, from: 2);
        bool hasParameters = Features.IsChannel(channel);
        string user = Decoded(message.Prefix);
        var added = new ModeChange();
        var removed = new ModeChange();
        bool isSet = true;
        int next = 0;
        foreach (char mode in modes)
        {
            if (mode is '+' or '-')
            {
                isSet = mode == '+';
                continue;
            }
            bool takes = hasParameters && Features.TakesParameter(mode, isSet) && next < parameters.Count;
            (isSet ? added : removed).Add(mode, takes ? parameters[next++] : null);
        }
        if (added.Letters.Length > 0)
            ModeChanged(user, channel, set: true, added.Letters.ToString(), added.Parameters);
        if (removed.Letters.Length > 0)
            ModeChanged(user, channel, set: false, removed.Letters.ToString(), removed.Parameters);
    }

    /// <summary>Modes that were set, or those that were taken away.</summary>
    private sealed class ModeChange
    {
        internal StringBuilder Letters { get; } = new();

        internal List<string?> Parameters { get; } = [];

        internal void Add(char mode, string? parameter)
        {
            Letters.Append(mode);
            Parameters.Add(parameter);
        }
    }
}
