using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Words;

/// <summary>A server of IRC (RFC 1459, RFC 2812, IRCv3), all of it in memory: give it to any endpoint.</summary>
/// <remarks>
/// One factory is one network; it may listen on several ports, with TLS or without. Channels and users end with it.
/// Reactor thread only. Twisted: <c>twisted.words.service.IRCFactory</c>.
/// </remarks>
public sealed class IrcServerFactory : ServerFactory
{
    /// <summary>A server.</summary>
    /// <param name="reactor">Its clock.</param>
    /// <param name="options">What it is and allows; everybody may come in unless given.</param>
    /// <param name="log">Who comes and goes, logins that fail, what operators do. Never passwords.</param>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public IrcServerFactory(IReactorTime reactor, IrcServerOptions? options = null, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        Hub = new IrcNetwork(reactor, (options ?? new IrcServerOptions()).Checked(), log ?? NullLogger.Instance);
    }

    /// <summary>How many users there are, all of them registered.</summary>
    public int UserCount => Hub.RegisteredCount;

    /// <summary>How many connections there are, those that have not registered yet too.</summary>
    public int ConnectionCount => Hub.ConnectionCount;

    /// <summary>How many channels there are.</summary>
    public int ChannelCount => Hub.Channels.Count;

    /// <summary>The nicknames of all users: a snapshot.</summary>
    public IReadOnlyList<string> Nicknames => [.. Hub.Users.Select(user => user.Nick)];

    /// <summary>The names of all channels, secret ones too: a snapshot.</summary>
    public IReadOnlyList<string> Channels => [.. Hub.Channels.Select(channel => ByteText.ToText(channel.Name))];

    internal IrcNetwork Hub { get; }

    /// <inheritdoc/>
    public override IProtocol BuildProtocol(EndPoint peer) => new IrcServerConnection(Hub);

    /// <summary>Reads the message of the day anew, as REHASH does.</summary>
    /// <remarks>What <see cref="IrcServerOptions.ReadMotd"/> throws comes out of it, and all stays as it was.</remarks>
    public void Rehash() => Hub.Rehash();

    /// <summary>Ends all connections: each is told why, and what was written is sent.</summary>
    /// <param name="reason">Why.</param>
    public void CloseAll(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Hub.CloseAll(ByteText.FromText(IrcServerOptions.IsLine(reason) ? reason
            : throw new ArgumentException("A reason cannot hold a CR, an LF or a NUL.", nameof(reason))));
    }
}
