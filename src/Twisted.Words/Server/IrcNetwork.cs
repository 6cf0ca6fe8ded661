using Microsoft.Extensions.Logging;

namespace Twisted.Words;

/// <summary>Users, channels and who hears of what: all that the connections of a server share.</summary>
internal sealed class IrcNetwork
{
    private const int MostPast = 200;

    private readonly Dictionary<string, IrcUser> _users = new(FoldedNames.Instance);
    private readonly Dictionary<string, IrcUser>.AlternateLookup<ReadOnlySpan<byte>> _usersByBytes;
    private readonly Dictionary<string, IrcChannel> _channels = new(FoldedNames.Instance);
    private readonly Dictionary<string, IrcChannel>.AlternateLookup<ReadOnlySpan<byte>> _channelsByBytes;
    private readonly HashSet<IrcServerConnection> _connections = [];
    private readonly Queue<PastUser> _past = new();
    private long _round;

    internal IrcNetwork(IReactorTime reactor, IrcServerOptions options, ILogger log)
    {
        Reactor = reactor;
        Options = options;
        Log = log;
        Name = ByteText.FromText(options.Name);
        Title = ByteText.FromText(options.Network);
        Description = ByteText.FromText(options.Description);
        Motd = MotdOf(options.Motd);
        DefaultFlags = ChannelModes.FlagsOf(options.DefaultChannelModes);
        Created = UtcNow;
        Message = new OutgoingMessage(reactor.TimeProvider);
        _usersByBytes = _users.GetAlternateLookup<ReadOnlySpan<byte>>();
        _channelsByBytes = _channels.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    internal IReactorTime Reactor { get; }

    internal IrcServerOptions Options { get; }

    internal ILogger Log { get; }

    /// <summary>The server's name.</summary>
    internal string Name { get; }

    /// <summary>The network's name.</summary>
    internal string Title { get; }

    internal string Description { get; }

    internal IReadOnlyList<string> Motd { get; private set; }

    internal ChannelFlags DefaultFlags { get; }

    internal DateTimeOffset Created { get; }

    /// <summary>The one message that is being put together.</summary>
    internal OutgoingMessage Message { get; }

    internal DateTimeOffset UtcNow => Reactor.TimeProvider.GetUtcNow();

    internal int ConnectionCount => _connections.Count;

    internal int RegisteredCount { get; private set; }

    internal int MostRegistered { get; private set; }

    internal IEnumerable<IrcUser> Users => _users.Values.Where(user => user.IsRegistered);

    internal IReadOnlyCollection<IrcChannel> Channels => _channels.Values;

    internal IEnumerable<PastUser> Past => _past;

    /// <summary>Whether everybody goes: then nobody is told of the others.</summary>
    internal bool IsClosing { get; private set; }

    internal void Connected(IrcServerConnection connection) => _connections.Add(connection);

    internal void Disconnected(IrcServerConnection connection) => _connections.Remove(connection);

    /// <summary>A user who is registered; null when there is none of that name.</summary>
    internal IrcUser? FindUser(ReadOnlySpan<byte> nick) =>
        _usersByBytes.TryGetValue(nick, out IrcUser? user) && user.IsRegistered ? user : null;

    /// <inheritdoc cref="FindUser(ReadOnlySpan{byte})"/>
    internal IrcUser? FindUser(string nick) =>
        _users.TryGetValue(nick, out IrcUser? user) && user.IsRegistered ? user : null;

    internal IrcChannel? FindChannel(ReadOnlySpan<byte> name) =>
        _channelsByBytes.TryGetValue(name, out IrcChannel? channel) ? channel : null;

    /// <summary>The channel, where somebody may know of it.</summary>
    internal IrcChannel? FindChannel(ReadOnlySpan<byte> name, IrcUser asker) =>
        FindChannel(name) is { } channel && channel.IsVisibleTo(asker) ? channel : null;

    internal IrcChannel AddChannel(string name)
    {
        var channel = new IrcChannel(name, UtcNow);
        channel.Modes.Flags = DefaultFlags;
        _channels.Add(name, channel);
        return channel;
    }

    /// <summary>Gives a user another nickname.</summary>
    /// <returns>False when somebody else has it.</returns>
    internal bool TryRename(IrcUser user, string nick)
    {
        if (_users.TryGetValue(nick, out IrcUser? owner) && owner != user)
            return false;
        Forget(user);
        user.Nick = nick;
        _users.Add(nick, user);
        return true;
    }

    internal void Register(IrcUser user)
    {
        user.IsRegistered = true;
        user.SignedOn = UtcNow;
        user.LastSpoke = Reactor.Now;
        RegisteredCount++;
        MostRegistered = Math.Max(MostRegistered, RegisteredCount);
    }

    /// <summary>A member leaves a channel; without members there is none.</summary>
    internal void Leave(IrcUser user, IrcChannel channel)
    {
        channel.Members.Remove(user);
        user.Channels.Remove(channel);
        if (channel.Members.Count == 0)
            _channels.Remove(channel.Name);
    }

    /// <summary>A user goes: whoever shares a channel is told once.</summary>
    internal void Quit(IrcUser user, string reason)
    {
        Forget(user);
        if (!user.IsRegistered)
            return;
        user.IsRegistered = false;
        RegisteredCount--;
        if (!IsClosing)
            SendToPeers(user, Message.From(user).Word("QUIT").Text(reason));
        foreach (IrcChannel channel in user.Channels.ToArray())
            Leave(user, channel);
        _past.Enqueue(new PastUser(user.Nick, user.UserName, user.Host, user.RealName, UtcNow));
        if (_past.Count > MostPast)
            _past.Dequeue();
    }

    /// <summary>Sends to everybody who shares a channel with a user, once, and not to the user.</summary>
    internal void SendToPeers(
        IrcUser user, OutgoingMessage message, IrcCapabilities capabilities = IrcCapabilities.None)
    {
        long round = ++_round;
        user.Round = round;
        foreach (IrcChannel channel in user.Channels)
        {
            foreach (IrcUser member in channel.Members.Keys)
            {
                if (member.Round == round)
                    continue;
                member.Round = round;
                if (member.Has(capabilities))
                    message.SendTo(member);
            }
        }
    }

    /// <summary>Sends to the members of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="message">What.</param>
    /// <param name="except">Who does not get it.</param>
    /// <param name="with">Only to members with these capabilities.</param>
    /// <param name="without">Only to members who have none of these.</param>
    internal static void SendToMembers(
        IrcChannel channel,
        OutgoingMessage message,
        IrcUser? except = null,
        IrcCapabilities with = IrcCapabilities.None,
        IrcCapabilities without = IrcCapabilities.None)
    {
        foreach (IrcUser member in channel.Members.Keys)
        {
            if (member != except && member.Has(with) && (member.Capabilities & without) == 0)
                message.SendTo(member);
        }
    }

    /// <summary>Reads the message of the day anew.</summary>
    internal void Rehash()
    {
        if (Options.ReadMotd is { } read)
            Motd = MotdOf(read());
    }

    /// <summary>Ends all connections.</summary>
    internal void CloseAll(string reason)
    {
        IsClosing = true;
        foreach (IrcServerConnection connection in _connections.ToArray())
            connection.Close(reason);
        IsClosing = false;
    }

    private void Forget(IrcUser user)
    {
        if (user.Nick.Length > 0 && _users.TryGetValue(user.Nick, out IrcUser? owner) && owner == user)
            _users.Remove(user.Nick);
    }

    private static string[] MotdOf(IReadOnlyList<string> lines) =>
        [.. lines.Select(line => IrcServerOptions.IsLine(line) ? ByteText.FromText(line)
            : throw new ArgumentException("A line of the message of the day holds a CR, an LF or a NUL."))];
}

/// <summary>Somebody who has gone, for WHOWAS.</summary>
internal sealed record PastUser(string Nick, string UserName, string Host, string RealName, DateTimeOffset At);
