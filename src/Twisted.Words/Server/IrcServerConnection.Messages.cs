namespace Twisted.Words;

/// <summary>What users say to each other.</summary>
internal sealed partial class IrcServerConnection
{
    [Command("PRIVMSG")]
    private void PrivMsg(in IrcMessage message) => Speak(in message, "PRIVMSG", isAnswered: true);

    /// <summary>Nothing ever answers a notice (RFC 2812, 3.3.2): two programs could do so for ever.</summary>
    [Command("NOTICE")]
    private void Notice(in IrcMessage message) => Speak(in message, "NOTICE", isAnswered: false);

    [Command("TAGMSG")]
    private void TagMsg(in IrcMessage message) => Speak(in message, "TAGMSG", isAnswered: true, hasText: false);

    private void Speak(in IrcMessage message, string command, bool isAnswered, bool hasText = true)
    {
        ReadOnlySpan<byte> targets = message.Parameters[0];
        ReadOnlySpan<byte> text = message.Parameters[1];
        if (targets.IsEmpty || (hasText && text.IsEmpty))
        {
            if (!isAnswered)
                return;
            if (targets.IsEmpty)
                Reply("411", $"No recipient given ({command})");
            else
                Reply("412", "No text to send");
            return;
        }
        _user.LastSpoke = _network.Reactor.Now;
        for (int count = 0; !targets.IsEmpty && !_isEnding;)
        {
            ReadOnlySpan<byte> target = CutItem(ref targets);
            if (target.IsEmpty)
                continue;
            if (count++ == ServerLimits.Targets)
            {
                if (isAnswered)
                    Reply("407", Shown(target), "Too many targets");
                return;
            }
            if (IsChannel(target))
                SpeakToChannel(target, in message, command, isAnswered, hasText);
            else
                SpeakToUser(target, in message, command, isAnswered, hasText);
        }
    }

    private void SpeakToChannel(
        ReadOnlySpan<byte> name, in IrcMessage message, string command, bool isAnswered, bool hasText)
    {
        IrcChannel? channel = _network.FindChannel(name);
        if (channel?.MaySpeak(_user) != true)
        {
            if (!isAnswered)
                return;
            if (channel is null || !channel.IsVisibleTo(_user))
                Reply("403", Shown(name), "No such channel");
            else
                Reply("404", channel.Name, "Cannot send to channel");
            return;
        }
        OutgoingMessage spoken = Spoken(command, channel.Name, in message, hasText);
        IrcCapabilities needed = hasText ? IrcCapabilities.None : IrcCapabilities.MessageTags;
        if (hasText || spoken.HasClientTags)
            IrcNetwork.SendToMembers(channel, spoken,
                except: _user.Has(IrcCapabilities.EchoMessage) ? null : _user, with: needed);
    }

    private void SpeakToUser(
        ReadOnlySpan<byte> nick, in IrcMessage message, string command, bool isAnswered, bool hasText)
    {
        if (_network.FindUser(nick) is not { } user)
        {
            if (isAnswered)
                Reply("401", Shown(nick), "No such nick or channel");
            return;
        }
        OutgoingMessage spoken = Spoken(command, user.Nick, in message, hasText);
        if (hasText || (spoken.HasClientTags && user.Has(IrcCapabilities.MessageTags)))
            spoken.SendTo(user);
        if (_user.Has(IrcCapabilities.EchoMessage) && user != _user
            && (hasText || (spoken.HasClientTags && _user.Has(IrcCapabilities.MessageTags))))
            Send(spoken);
        if (isAnswered && hasText && user.Away is { } away)
            Reply("301", user.Nick, away);
    }

    private OutgoingMessage Spoken(string command, string target, in IrcMessage message, bool hasText)
    {
        OutgoingMessage spoken = _network.Message.From(_user);
        if (_user.Has(IrcCapabilities.MessageTags))
            spoken.Tags(message.Tags.Raw);
        spoken.Word(command).Word(target);
        return hasText ? spoken.Text(message.Parameters[1]) : spoken;
    }

    [Command("AWAY")]
    private void Away(in IrcMessage message)
    {
        string text = ByteText.Of(ByteText.Cut(message.Parameters[0], ServerLimits.Away));
        _user.Away = text.Length == 0 ? null : text;
        if (_user.Away is null)
            Reply("305", "You are no longer marked as being away");
        else
            Reply("306", "You have been marked as being away");
        OutgoingMessage notice = _network.Message.From(_user).Word("AWAY");
        _network.SendToPeers(_user, _user.Away is null ? notice : notice.Text(text), IrcCapabilities.AwayNotify);
    }
}
