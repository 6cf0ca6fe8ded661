using System.Text.Unicode;

namespace Twisted.Words;

/// <summary>To come to channels and to leave them.</summary>
internal sealed partial class IrcServerConnection
{
    [Command("JOIN")]
    private void Join(in IrcMessage message)
    {
        if (!Has(in message, 1, "JOIN"))
            return;
        ReadOnlySpan<byte> names = message.Parameters[0];
        if (names is [(byte)'0'])
        {
            foreach (IrcChannel channel in _user.Channels.ToArray())
                Part(channel, "");
            return;
        }
        ReadOnlySpan<byte> keys = message.Parameters[1];
        while (!names.IsEmpty && !_isEnding)
        {
            ReadOnlySpan<byte> name = CutItem(ref names);
            ReadOnlySpan<byte> key = CutItem(ref keys);
            if (name.IsEmpty)
                continue;
            if (_user.Channels.Count >= Options.MaxChannelsPerUser)
            {
                Reply("405", Shown(name), "You have joined too many channels");
                return; // none of the others would be let in either
            }
            JoinOne(name, key);
        }
    }

    private void JoinOne(ReadOnlySpan<byte> name, ReadOnlySpan<byte> key)
    {
        if (!IsChannelName(name))
        {
            Reply("403", Shown(name), "No such channel");
            return;
        }
        IrcChannel? channel = _network.FindChannel(name);
        if (channel?.Has(_user) == true)
            return;
        if (channel is not null && Refusal(channel, ByteText.Of(key)) is (var numeric, var text))
        {
            Reply(numeric, channel.Name, text);
            return;
        }
        ChannelStatus status = channel is null ? ChannelStatus.Operator : ChannelStatus.None;
        channel ??= _network.AddChannel(ByteText.Of(name));
        channel.Members.Add(_user, status);
        _user.Channels.Add(channel);
        _user.Invitations?.Remove(channel);
        TellJoin(channel);
        if (channel.Topic.Length > 0)
            TellTopic(channel);
        TellNames(channel);
    }

    private (string Numeric, string Text)? Refusal(IrcChannel channel, string key)
    {
        bool isInvited = _user.Invitations?.Contains(channel) == true;
        if (channel.Modes.Has(ChannelFlags.InviteOnly) && !isInvited)
            return ("473", "Cannot join channel (+i)");
        if (channel.Modes.IsBanned(_user))
            return ("474", "Cannot join channel (+b)");
        if (channel.Modes.Key is { } wanted && wanted != key)
            return ("475", "Cannot join channel (+k)");
        return channel.Modes.Limit > 0 && channel.Members.Count >= channel.Modes.Limit
            ? ("471", "Cannot join channel (+l)")
            : null;
    }

    private void TellJoin(IrcChannel channel)
    {
        IrcNetwork.SendToMembers(channel, _network.Message.From(_user).Word("JOIN").Word(channel.Name),
            without: IrcCapabilities.ExtendedJoin);
        IrcNetwork.SendToMembers(channel,
            _network.Message.From(_user).Word("JOIN").Word(channel.Name).Word(_user.Account ?? "*")
                .Text(_user.RealName),
            with: IrcCapabilities.ExtendedJoin);
        if (_user.Away is { } away)
            IrcNetwork.SendToMembers(channel, _network.Message.From(_user).Word("AWAY").Text(away),
                except: _user, with: IrcCapabilities.AwayNotify);
    }

    [Command("PART")]
    private void Part(in IrcMessage message)
    {
        if (!Has(in message, 1, "PART"))
            return;
        ReadOnlySpan<byte> names = message.Parameters[0];
        string reason = ByteText.Of(ByteText.Cut(message.Parameters[1], ServerLimits.Reason));
        while (!names.IsEmpty)
        {
            if (CutItem(ref names) is { IsEmpty: false } name && MyChannel(name) is { } channel)
                Part(channel, reason);
        }
    }

    private void Part(IrcChannel channel, string reason)
    {
        OutgoingMessage parting = _network.Message.From(_user).Word("PART").Word(channel.Name);
        IrcNetwork.SendToMembers(channel, reason.Length == 0 ? parting : parting.Text(reason));
        _network.Leave(_user, channel);
    }

    [Command("TOPIC")]
    private void Topic(in IrcMessage message)
    {
        if (!Has(in message, 1, "TOPIC") || MyChannel(message.Parameters[0]) is not { } channel)
            return;
        if (message.Parameters.Count < 2)
        {
            if (channel.Topic.Length == 0)
                Reply("331", channel.Name, "No topic is set");
            else
                TellTopic(channel);
            return;
        }
        if (channel.Modes.Has(ChannelFlags.TopicByOperators) && !IsOperatorOf(channel))
            return;
        channel.Topic = ByteText.Of(ByteText.Cut(message.Parameters[1], ServerLimits.Topic));
        channel.TopicSetBy = _user.Prefix;
        channel.TopicSetAt = _network.UtcNow.ToUnixTimeSeconds();
        IrcNetwork.SendToMembers(channel,
            _network.Message.From(_user).Word("TOPIC").Word(channel.Name).Text(channel.Topic));
    }

    [Command("KICK")]
    private void Kick(in IrcMessage message)
    {
        if (!Has(in message, 2, "KICK") || MyChannel(message.Parameters[0]) is not { } channel
            || !IsOperatorOf(channel))
            return;
        ReadOnlySpan<byte> nicks = message.Parameters[1];
        string reason = message.Parameters.Count < 3 ? _user.Nick
            : ByteText.Of(ByteText.Cut(message.Parameters[2], ServerLimits.Reason));
        for (int count = 0; !nicks.IsEmpty; count++)
        {
            ReadOnlySpan<byte> nick = CutItem(ref nicks);
            if (nick.IsEmpty)
                continue;
            if (count == ServerLimits.Targets)
            {
                Reply("407", Shown(nick), "Too many targets");
                return;
            }
            if (_network.FindUser(nick) is not { } victim)
                Reply("401", Shown(nick), "No such nick or channel");
            else if (!channel.Has(victim))
                Reply("441", victim.Nick, channel.Name, "They are not on that channel");
            else
            {
                IrcNetwork.SendToMembers(channel, _network.Message.From(_user).Word("KICK").Word(channel.Name)
                    .Word(victim.Nick).Text(reason));
                _network.Leave(victim, channel);
            }
            if (!channel.Has(_user))
                return; // has thrown out itself
        }
    }

    [Command("INVITE")]
    private void Invite(in IrcMessage message)
    {
        if (!Has(in message, 2, "INVITE"))
            return;
        if (_network.FindUser(message.Parameters[0]) is not { } guest)
        {
            Reply("401", Shown(message.Parameters[0]), "No such nick or channel");
            return;
        }
        if (MyChannel(message.Parameters[1]) is not { } channel
            || (channel.Modes.Has(ChannelFlags.InviteOnly) && !IsOperatorOf(channel)))
            return;
        if (channel.Has(guest))
        {
            Reply("443", guest.Nick, channel.Name, "is already on channel");
            return;
        }
        List<IrcChannel> invitations = guest.Invitations ??= [];
        invitations.Remove(channel);
        if (invitations.Count == ServerLimits.Invitations)
            invitations.RemoveAt(0);
        invitations.Add(channel);
        ReplyWords("341", $"{guest.Nick} {channel.Name}");
        if (guest.Away is { } away)
            Reply("301", guest.Nick, away);
        OutgoingMessage invitation =
            _network.Message.From(_user).Word("INVITE").Word(guest.Nick).Word(channel.Name);
        invitation.SendTo(guest);
        IrcNetwork.SendToMembers(channel, invitation, except: _user, with: IrcCapabilities.InviteNotify);
    }

    private void TellTopic(IrcChannel channel)
    {
        Reply("332", channel.Name, channel.Topic);
        ReplyWords("333", $"{channel.Name} {channel.TopicSetBy} {channel.TopicSetAt}");
    }

    /// <summary>The channel, if the client is in it; answers when not.</summary>
    private IrcChannel? MyChannel(ReadOnlySpan<byte> name)
    {
        IrcChannel? channel = _network.FindChannel(name, _user);
        if (channel is null)
            Reply("403", Shown(name), "No such channel");
        else if (!channel.Has(_user))
            Reply("442", channel.Name, "You are not on that channel");
        else
            return channel;
        return null;
    }

    /// <summary>Whether the client may change a channel; answers when not.</summary>
    private bool IsOperatorOf(IrcChannel channel)
    {
        if (channel.IsOperator(_user))
            return true;
        Reply("482", channel.Name, "You are not a channel operator");
        return false;
    }

    private static bool IsChannelName(ReadOnlySpan<byte> name) =>
        name is [(byte)'#' or (byte)'&', _, ..] && name.Length <= ServerLimits.Channel
        && !name.ContainsAnyInRange((byte)0, (byte)' ') && !name.ContainsAny((byte)',', (byte)':', (byte)0x7F)
        && Utf8.IsValid(name);

    private static bool IsChannel(ReadOnlySpan<byte> name) => name is [(byte)'#' or (byte)'&', ..];

    /// <summary>Takes the first item out of a list with commas.</summary>
    private static ReadOnlySpan<byte> CutItem(ref ReadOnlySpan<byte> list)
    {
        int comma = list.IndexOf((byte)',');
        ReadOnlySpan<byte> item = comma < 0 ? list : list[..comma];
        list = comma < 0 ? default : list[(comma + 1)..];
        return item;
    }
}
