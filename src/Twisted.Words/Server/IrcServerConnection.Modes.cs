using System.Globalization;

namespace Twisted.Words;

/// <summary>MODE, of channels and of oneself.</summary>
internal sealed partial class IrcServerConnection
{
    [Command("MODE")]
    private void Mode(in IrcMessage message)
    {
        if (!Has(in message, 1, "MODE"))
            return;
        ReadOnlySpan<byte> target = message.Parameters[0];
        if (IsChannel(target))
            ChannelMode(in message, target);
        else if (FoldedNames.Instance.Equals(target, _user.Nick))
            UserMode(in message);
        else if (_network.FindUser(target) is null)
            Reply("401", Shown(target), "No such nick or channel");
        else
            Reply("502", "Cannot change mode for other users");
    }

    private void UserMode(in IrcMessage message)
    {
        if (message.Parameters.Count < 2)
        {
            ReplyWords("221", ModesOf(_user));
            return;
        }
        var changes = new ModeChanges();
        bool isSet = true;
        bool hasUnknown = false;
        foreach (byte letter in message.Parameters[1])
        {
            UserModes mode = (char)letter switch
            {
                'i' => UserModes.Invisible,
                'w' => UserModes.Wallops,
                'o' => UserModes.Operator,
                _ => UserModes.None,
            };
            if (letter is (byte)'+' or (byte)'-')
                isSet = letter == (byte)'+';
            else if (mode == UserModes.None)
                hasUnknown = true;
            else if ((_user.Modes & mode) != 0 != isSet && !(isSet && mode == UserModes.Operator)) // OPER sets it
            {
                _user.Modes ^= mode;
                changes.Add(isSet, (char)letter);
            }
        }
        if (hasUnknown)
            Reply("501", "Unknown MODE flag");
        TellModes(changes);
    }

    private void TellModes(ModeChanges changes)
    {
        foreach (string line in changes.Lines())
            Send(_network.Message.From(_user).Word("MODE").Word(_user.Nick).Text(line));
    }

    private static string ModesOf(IrcUser user) => "+" + (user.IsInvisible ? "i" : "")
        + (user.IsOperator ? "o" : "") + ((user.Modes & UserModes.Wallops) != 0 ? "w" : "");

    private void ChannelMode(in IrcMessage message, ReadOnlySpan<byte> name)
    {
        if (_network.FindChannel(name, _user) is not { } channel)
        {
            Reply("403", Shown(name), "No such channel");
            return;
        }
        if (message.Parameters.Count < 2)
        {
            ReplyWords("324", $"{channel.Name} {channel.Modes.Describe(withKey: channel.Has(_user))}");
            ReplyWords("329", $"{channel.Name} {channel.Created.ToUnixTimeSeconds()}");
            return;
        }
        var changes = new ModeChanges();
        IrcParameters.Enumerator parameters = message.Parameters.GetEnumerator();
        parameters.MoveNext();
        parameters.MoveNext();
        ReadOnlySpan<byte> letters = parameters.Current;
        bool isSet = true;
        int used = 0;
        foreach (byte value in letters)
        {
            char letter = (char)value;
            if (letter is '+' or '-')
            {
                isSet = letter == '+';
                continue;
            }
            string? parameter = null;
            if (TakesParameter(letter, isSet) && parameters.MoveNext())
            {
                if (++used > ServerLimits.Modes)
                    break;
                parameter = ByteText.Of(parameters.Current);
            }
            if (!TryChange(channel, letter, isSet, parameter, changes))
                break;
        }
        foreach (string line in changes.Lines())
            IrcNetwork.SendToMembers(channel,
                _network.Message.From(_user).Word("MODE").Word(channel.Name).Word(line));
    }

    private static bool TakesParameter(char letter, bool isSet) =>
        letter is 'o' or 'v' or 'b' or 'e' or 'k' || (letter == 'l' && isSet);

    /// <returns>False when no other change has a chance.</returns>
    private bool TryChange(IrcChannel channel, char letter, bool isSet, string? parameter, ModeChanges changes)
    {
        if (letter is 'b' or 'e' && string.IsNullOrEmpty(parameter))
        {
            TellMasks(channel, letter);
            return true;
        }
        if (ChannelModes.FlagOf(letter) == ChannelFlags.None && letter is not ('o' or 'v' or 'b' or 'e' or 'k' or 'l'))
        {
            Reply("472", char.IsBetween(letter, '!', '~') ? $"{letter}" : "?", "is unknown mode char to me");
            return false;
        }
        if (!channel.Has(_user))
        {
            Reply("442", channel.Name, "You are not on that channel");
            return false;
        }
        if (!IsOperatorOf(channel))
            return false;
        if (TakesParameter(letter, isSet) && string.IsNullOrEmpty(parameter) && !(letter == 'k' && !isSet))
        {
            Reply("461", "MODE", "Not enough parameters");
            return true;
        }
        Change(channel, letter, isSet, parameter ?? "", changes);
        return true;
    }

    private void Change(IrcChannel channel, char letter, bool isSet, string parameter, ModeChanges changes)
    {
        switch (letter)
        {
            case 'o':
                ChangeStatus(channel, 'o', ChannelStatus.Operator, isSet, parameter, changes);
                break;
            case 'v':
                ChangeStatus(channel, 'v', ChannelStatus.Voice, isSet, parameter, changes);
                break;
            case 'b' or 'e':
                ChangeMasks(channel, letter, isSet, parameter, changes);
                break;
            case 'k':
                ChangeKey(channel, isSet, parameter, changes);
                break;
            case 'l':
                ChangeLimit(channel, isSet, parameter, changes);
                break;
            default:
                ChannelFlags flag = ChannelModes.FlagOf(letter);
                if (channel.Modes.Has(flag) == isSet)
                    return;
                channel.Modes.Flags ^= flag;
                changes.Add(isSet, letter);
                break;
        }
    }

    private void ChangeStatus(
        IrcChannel channel, char letter, ChannelStatus status, bool isSet, string nick, ModeChanges changes)
    {
        if (_network.FindUser(nick) is not { } user)
            Reply("401", ByteText.IsWord(nick) ? nick : "*", "No such nick or channel");
        else if (!channel.Members.TryGetValue(user, out ChannelStatus before))
            Reply("441", user.Nick, channel.Name, "They are not on that channel");
        else if ((before & status) != 0 != isSet)
        {
            channel.Members[user] = before ^ status;
            changes.Add(isSet, letter, user.Nick);
        }
    }

    private void ChangeMasks(IrcChannel channel, char letter, bool isSet, string text, ModeChanges changes)
    {
        string mask = IrcMask.Complete(text);
        if (!ByteText.IsWord(mask) || mask.Length > ServerLimits.Mask)
        {
            Reply("696", channel.Name, $"{letter}", "*", "This is no mask");
            return;
        }
        List<ListedMask> masks = (letter == 'b' ? channel.Modes.Bans : channel.Modes.Exceptions) ?? [];
        int place = masks.FindIndex(listed => FoldedNames.Instance.Equals(listed.Mask, mask));
        if (place >= 0 == isSet)
            return;
        if (!isSet)
        {
            changes.Add(false, letter, masks[place].Mask);
            masks.RemoveAt(place);
            return;
        }
        if (masks.Count >= Options.MaxListEntries)
        {
            Reply("478", channel.Name, mask, "Channel list is full");
            return;
        }
        masks.Add(new ListedMask(mask, _user.Prefix, _network.UtcNow.ToUnixTimeSeconds()));
        if (letter == 'b')
            channel.Modes.Bans = masks;
        else
            channel.Modes.Exceptions = masks;
        changes.Add(true, letter, mask);
    }

    private void ChangeKey(IrcChannel channel, bool isSet, string key, ModeChanges changes)
    {
        if (!isSet)
        {
            if (channel.Modes.Key is null)
                return;
            changes.Add(false, 'k', "*");
            channel.Modes.Key = null;
        }
        else if (!ByteText.IsWord(key) || key.Contains(',', StringComparison.Ordinal) || key.Length > ServerLimits.Key)
            Reply("525", channel.Name, "Key is not well-formed");
        else if (channel.Modes.Key != key)
        {
            channel.Modes.Key = key;
            changes.Add(true, 'k', key);
        }
    }

    private void ChangeLimit(IrcChannel channel, bool isSet, string text, ModeChanges changes)
    {
        if (!isSet)
        {
            if (channel.Modes.Limit == 0)
                return;
            channel.Modes.Limit = 0;
            changes.Add(false, 'l');
        }
        else if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || limit == 0)
            Reply("696", channel.Name, "l", "*", "A limit is a number, 1 or more");
        else if (channel.Modes.Limit != limit)
        {
            channel.Modes.Limit = limit;
            changes.Add(true, 'l', $"{limit}");
        }
    }

    private void TellMasks(IrcChannel channel, char letter)
    {
        if (!channel.Has(_user))
        {
            Reply("442", channel.Name, "You are not on that channel");
            return;
        }
        (string item, string end, string what, List<ListedMask>? masks) = letter == 'b'
            ? ("367", "368", "ban", channel.Modes.Bans)
            : ("348", "349", "exception", channel.Modes.Exceptions);
        foreach (ListedMask listed in masks ?? [])
            ReplyWords(item, $"{channel.Name} {listed.Mask} {listed.SetBy} {listed.SetAt}");
        Reply(end, channel.Name, $"End of channel {what} list");
    }
}
