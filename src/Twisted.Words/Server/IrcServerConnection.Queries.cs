using System.Globalization;

namespace Twisted.Words;

/// <summary>Questions about users.</summary>
internal sealed partial class IrcServerConnection
{
    private const int MostAsked = 5; // nicknames in one USERHOST (RFC 2812, 4.8)

    [Command("WHO")]
    private void Who(in IrcMessage message)
    {
        ReadOnlySpan<byte> asked = message.Parameters[0];
        bool operatorsOnly = message.Parameters[1] is [(byte)'o'];
        if (IsChannel(asked))
            WhoIsIn(asked, operatorsOnly);
        else
            WhoMatches(asked.IsEmpty || asked is [(byte)'0'] ? "*" : ByteText.Of(asked), operatorsOnly);
        Reply("315", asked.IsEmpty ? "*" : Shown(asked), "End of /WHO list");
    }

    private void WhoIsIn(ReadOnlySpan<byte> name, bool operatorsOnly)
    {
        if (_network.FindChannel(name, _user) is not { } channel)
            return;
        bool isMember = channel.Has(_user);
        foreach ((IrcUser user, ChannelStatus status) in channel.Members)
        {
            if ((isMember || !user.IsInvisible || _user.IsOperator) && (!operatorsOnly || user.IsOperator))
                TellWho(user, channel, status);
        }
    }

    private void WhoMatches(string mask, bool operatorsOnly)
    {
        foreach (IrcUser user in _network.Users)
        {
            if ((operatorsOnly && !user.IsOperator) || !MaySee(user) || !IsAsked(user, mask))
                continue;
            if (!HasRoom)
            {
                Reply("416", "WHO", "There are too many: ask for fewer");
                return;
            }
            IrcChannel? channel = user.Channels.Find(channel => channel.IsVisibleTo(_user));
            TellWho(user, channel, channel?.Members[user] ?? ChannelStatus.None);
        }
    }

    private bool IsAsked(IrcUser user, string mask) =>
        IrcMask.Matches(mask, user.Nick) || IrcMask.Matches(mask, user.UserName) || IrcMask.Matches(mask, user.Host)
        || IrcMask.Matches(mask, user.RealName) || IrcMask.Matches(mask, _network.Name);

    private bool MaySee(IrcUser user) =>
        !user.IsInvisible || user == _user || _user.IsOperator || user.Channels.Exists(channel => channel.Has(_user));

    private void TellWho(IrcUser user, IrcChannel? channel, ChannelStatus status)
    {
        string flags = (user.Away is null ? "H" : "G") + (user.IsOperator ? "*" : "")
            + IrcChannel.Marks(status, _user.Has(IrcCapabilities.MultiPrefix));
        ReplyLine("352", $"{channel?.Name ?? "*"} {user.UserName} {user.Host} {_network.Name} {user.Nick} {flags}",
            $"0 {user.RealName}");
    }

    [Command("WHOIS")]
    private void Whois(in IrcMessage message)
    {
        if (message.Parameters.Last.IsEmpty)
        {
            Reply("431", "No nickname given");
            return;
        }
        ReadOnlySpan<byte> nicks = message.Parameters.Last; // after the name of a server, maybe
        ReadOnlySpan<byte> nick = CutItem(ref nicks);
        if (_network.FindUser(nick) is { } user)
            TellWhois(user);
        else
            Reply("401", Shown(nick), "No such nick or channel");
        Reply("318", Shown(nick), "End of /WHOIS list");
    }

    private void TellWhois(IrcUser user)
    {
        Reply("311", user.Nick, user.UserName, user.Host, "*", user.RealName);
        ReplyList("319", user.Nick,
            from channel in user.Channels
            where channel.IsVisibleTo(_user)
                && (!user.IsInvisible || channel.Has(_user) || user == _user || _user.IsOperator)
            select IrcChannel.Marks(channel.Members[user], _user.Has(IrcCapabilities.MultiPrefix)) + channel.Name);
        Reply("312", user.Nick, _network.Name, _network.Description);
        if (user.Away is { } away)
            Reply("301", user.Nick, away);
        if (user.IsOperator)
            Reply("313", user.Nick, "is an IRC operator");
        if (user.Account is { } account)
            Reply("330", user.Nick, account, "is logged in as");
        if (user.Connection.Transport.Get<ITlsInfo>() is not null)
            Reply("671", user.Nick, "is using a secure connection");
        long idle = (long)(_network.Reactor.Now - user.LastSpoke).TotalSeconds;
        Reply("317", user.Nick, $"{idle}", $"{user.SignedOn.ToUnixTimeSeconds()}", "seconds idle, signon time");
    }

    [Command("WHOWAS")]
    private void Whowas(in IrcMessage message)
    {
        ReadOnlySpan<byte> nick = message.Parameters[0];
        if (nick.IsEmpty)
        {
            Reply("431", "No nickname given");
            return;
        }
        string wanted = ByteText.Of(nick);
        int most = int.TryParse(message.Parameters[1], CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : int.MaxValue;
        bool isKnown = false;
        foreach (PastUser past in _network.Past.Reverse()
            .Where(past => FoldedNames.Instance.Equals(past.Nick, wanted)).Take(most))
        {
            isKnown = true;
            Reply("314", past.Nick, past.UserName, past.Host, "*", past.RealName);
            Reply("312", past.Nick, _network.Name, past.At.ToString("R", CultureInfo.InvariantCulture));
        }
        if (!isKnown)
            Reply("406", Shown(nick), "There was no such nickname");
        Reply("369", Shown(nick), "End of WHOWAS");
    }

    [Command("ISON")]
    private void IsOn(in IrcMessage message)
    {
        if (!Has(in message, 1, "ISON"))
            return;
        var found = new List<string>();
        foreach (ReadOnlySpan<byte> parameter in message.Parameters)
        {
            foreach (Range nick in parameter.Split((byte)' '))
            {
                if (_network.FindUser(parameter[nick]) is { } user)
                    found.Add(user.Nick);
            }
        }
        if (found.Count == 0)
            Reply("303", "");
        else
            ReplyList("303", "", found);
    }

    [Command("USERHOST")]
    private void UserHost(in IrcMessage message)
    {
        if (!Has(in message, 1, "USERHOST"))
            return;
        var found = new List<string>();
        int asked = 0;
        foreach (ReadOnlySpan<byte> nick in message.Parameters)
        {
            if (asked++ < MostAsked && _network.FindUser(nick) is { } user)
                found.Add($"{user.Nick}{(user.IsOperator ? "*" : "")}={(user.Away is null ? "+" : "-")}"
                    + $"{user.UserName}@{user.Host}");
        }
        Reply("302", string.Join(' ', found));
    }
}
