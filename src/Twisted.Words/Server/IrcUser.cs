namespace Twisted.Words;

/// <summary>Modes of a user.</summary>
[Flags]
internal enum UserModes : byte
{
    None = 0,
    Invisible = 1,
    Operator = 2,
    Wallops = 4,
}

/// <summary>Somebody who is connected; in the network's tables from the first nickname on.</summary>
internal sealed class IrcUser
{
    private string _nick = "";
    private string _userName = "";

    internal IrcUser(IrcServerConnection connection, string host)
    {
        Connection = connection;
        Host = host;
    }

    internal IrcServerConnection Connection { get; }

    /// <summary>The nickname; empty until there is one.</summary>
    internal string Nick
    {
        get => _nick;
        set
        {
            _nick = value;
            Prefix = $"{_nick}!{_userName}@{Host}";
        }
    }

    internal string UserName
    {
        get => _userName;
        set
        {
            _userName = value;
            Prefix = $"{_nick}!{_userName}@{Host}";
        }
    }

    internal string RealName { get; set; } = "";

    internal string Host { get; }

    /// <summary>nick!user@host: what others are shown.</summary>
    internal string Prefix { get; private set; } = "";

    /// <summary>Who it is for the user store; null when nobody knows.</summary>
    internal string? Account { get; set; }

    /// <summary>Why it is away; null when it is not.</summary>
    internal string? Away { get; set; }

    internal UserModes Modes { get; set; }

    internal IrcCapabilities Capabilities { get; set; }

    internal bool IsRegistered { get; set; }

    internal bool IsOperator => (Modes & UserModes.Operator) != 0;

    internal bool IsInvisible => (Modes & UserModes.Invisible) != 0;

    /// <summary>Few, mostly: a list is searched faster than a set is, and takes less.</summary>
    internal List<IrcChannel> Channels { get; } = new(0);

    /// <summary>Channels that it was invited to, the last of them.</summary>
    internal List<IrcChannel>? Invitations { get; set; }

    internal DateTimeOffset SignedOn { get; set; }

    /// <summary>When it has said something, on the reactor's clock.</summary>
    internal TimeSpan LastSpoke { get; set; }

    /// <summary>The last round of messages that has reached it: see <see cref="IrcNetwork.SendToPeers"/>.</summary>
    internal long Round { get; set; }

    internal bool Has(IrcCapabilities capabilities) => (Capabilities & capabilities) == capabilities;
}
