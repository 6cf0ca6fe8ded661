namespace Twisted.Words;

/// <summary>Which channels there are, and who is in them.</summary>
internal sealed partial class IrcServerConnection
{
    [Command("NAMES")]
    private void Names(in IrcMessage message)
    {
        ReadOnlySpan<byte> names = message.Parameters[0];
        if (names.IsEmpty)
            Reply("366", "*", "End of /NAMES list");
        while (!names.IsEmpty && HasRoom)
        {
            ReadOnlySpan<byte> name = CutItem(ref names);
            if (_network.FindChannel(name, _user) is { } channel)
                TellNames(channel);
            else
                Reply("366", Shown(name), "End of /NAMES list");
        }
    }

    [Command("LIST")]
    private void List(in IrcMessage message)
    {
        ReplyWords("321", "Channel :Users  Name");
        ReadOnlySpan<byte> names = message.Parameters[0];
        if (names.IsEmpty)
            ListAll();
        while (!names.IsEmpty && HasRoom)
        {
            if (_network.FindChannel(CutItem(ref names), _user) is { } channel)
                ListOne(channel);
        }
        Reply("323", "End of /LIST");
    }

    private void ListAll()
    {
        foreach (IrcChannel channel in _network.Channels)
        {
            if (!channel.IsVisibleTo(_user))
                continue;
            if (!HasRoom)
            {
                Reply("416", "LIST", "There are too many channels: name those that you want");
                return;
            }
            ListOne(channel);
        }
    }

    private void ListOne(IrcChannel channel) =>
        Reply("322", channel.Name, $"{channel.Members.Count}", channel.Topic);

    private void TellNames(IrcChannel channel)
    {
        bool isMember = channel.Has(_user);
        bool all = _user.Has(IrcCapabilities.MultiPrefix);
        bool hosts = _user.Has(IrcCapabilities.UserhostInNames);
        ReplyList("353", $"{(channel.IsSecret ? "@" : "=")} {channel.Name}",
            from member in channel.Members
            where isMember || !member.Key.IsInvisible || _user.IsOperator
            select IrcChannel.Marks(member.Value, all) + (hosts ? member.Key.Prefix : member.Key.Nick));
        Reply("366", channel.Name, "End of /NAMES list");
    }
}
