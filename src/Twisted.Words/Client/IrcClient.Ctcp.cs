using System.Globalization;

namespace Twisted.Words;

/// <summary>CTCP: what clients ask of each other.</summary>
public abstract partial class IrcClient
{
    private const int MostReplies = 5;          // at once
    private const int ReplyCost = 2;            // seconds to earn another one
    private const int MostWithoutClock = 100;
    private const int MostPings = 12;           // that wait for an answer

    private readonly Dictionary<string, TimeSpan> _pings = [];
    private int _replies;
    private TokenBucket? _replyRate; // may be overdrawn by one reply, so it holds one less

    /// <summary>The answer to CTCP VERSION; null for none. Twisted: <c>versionName</c> and its like.</summary>
    protected virtual string? VersionReply => null;

    /// <summary>The answer to CTCP FINGER; null for none. Twisted: <c>fingerReply</c>.</summary>
    protected virtual string? FingerReply => null;

    /// <summary>The answer to CTCP USERINFO; null for none. Twisted: <c>userinfo</c>.</summary>
    protected virtual string? UserInfo => null;

    /// <summary>The answer to CTCP SOURCE; null for none. Twisted: <c>sourceURL</c>.</summary>
    protected virtual string? SourceReply => null;

    /// <summary>Asks another client.</summary>
    /// <param name="user">The nickname or the channel.</param>
    /// <param name="tag">What: one word.</param>
    /// <param name="data">And more of it.</param>
    /// <exception cref="ArgumentException">It cannot be sent, or does not fit into one message.</exception>
    public void CtcpQuery(string user, string tag, string? data = null) =>
        SendCommand("PRIVMSG", user, IrcCtcp.Format(tag, data));

    /// <summary>Answers another client.</summary>
    /// <inheritdoc cref="CtcpQuery"/>
    public void CtcpReply(string user, string tag, string? data = null) =>
        SendCommand("NOTICE", user, IrcCtcp.Format(tag, data));

    /// <summary>Asks a user's client how long an answer takes; <see cref="PongReceived"/> hears it.</summary>
    /// <param name="user">The nickname.</param>
    /// <exception cref="InvalidOperationException">This client has no clock.</exception>
    public void Ping(string user)
    {
        if (Clock is null)
            throw new InvalidOperationException("Without a clock no time can be taken: give the constructor one.");
        if (_pings.Count >= MostPings)
            _pings.Remove(_pings.MinBy(ping => ping.Value).Key);
        string key = Clock.Now.Ticks.ToString(CultureInfo.InvariantCulture);
        CtcpQuery(user, "PING", key);
        _pings[$"{Features.CaseMapping.Fold(user)} {key}"] = Clock.Now;
    }

    /// <summary>Another client asks something that is not answered by itself.</summary>
    /// <param name="user">nick!user@host.</param>
    /// <param name="channel">The channel, or our nickname.</param>
    /// <param name="tag">What.</param>
    /// <param name="data">And more of it, if there is.</param>
    protected virtual void CtcpQueryReceived(string user, string channel, string tag, string? data) { }

    /// <summary>Another client has answered. Twisted: <c>ctcpReply</c> and its like.</summary>
    /// <inheritdoc cref="CtcpQueryReceived"/>
    protected virtual void CtcpReplyReceived(string user, string channel, string tag, string? data) { }

    private static string WithoutCtcp(string text, out IReadOnlyList<(string Tag, string? Data)> queries)
    {
        queries = [];
        return text is ['\x01', ..] ? IrcCtcp.Extract(text, out queries) : text;
    }

    private void CtcpQueriesReceived(
        string user, string channel, IReadOnlyList<(string Tag, string? Data)> queries)
    {
        string nick = user.Split('!')[0];
        var answered = new HashSet<string>();
        foreach ((string tag, string? data) in queries)
        {
            if (tag == "ACTION")
                ActionReceived(user, channel, data ?? "");
            else if (!answered.Add(tag) || IsMe(nick)) // each once; and an echo of our own is no question
                continue;
            else if (tag == "DCC" && DccHeard(user, channel, data ?? ""))
                continue;
            else if (Reply(tag, data) is not { } reply)
                CtcpQueryReceived(user, channel, tag, data);
            else if (MayReply())
                CtcpReply(nick, tag, reply);
            else
                IrcLog.CtcpLimited(_log);
        }
    }

    private string? Reply(string tag, string? data) => tag switch
    {
        "PING" => data ?? "",
        "VERSION" => VersionReply,
        "FINGER" => FingerReply,
        "USERINFO" => UserInfo,
        "SOURCE" => SourceReply,
        "CLIENTINFO" => "ACTION CLIENTINFO PING TIME",
        "TIME" => Clock?.TimeProvider.GetUtcNow().ToString("R", CultureInfo.InvariantCulture), // tells no zone
        _ => null,
    };

    /// <summary>
    /// Whether a program may answer a stranger now: five at once, then one in two seconds; without a clock a hundred in
    /// all. What is asked for is spent.
    /// </summary>
    private protected bool MayReply()
    {
        if (Clock is null)
            return ++_replies <= MostWithoutClock;
        _replyRate ??= new TokenBucket(Clock, rate: 1, burst: (MostReplies - 1) * ReplyCost);
        if (_replyRate.Wait > TimeSpan.Zero)
            return false;
        _replyRate.Use(ReplyCost);
        return true;
    }

    private void CtcpReplyHeard(string user, string channel, string tag, string? data)
    {
        string nick = user.Split('!')[0];
        if (tag == "PING" && Clock is not null
            && _pings.Remove($"{Features.CaseMapping.Fold(nick)} {data}", out TimeSpan sent))
            PongReceived(user, Clock.Now - sent);
        else
            CtcpReplyReceived(user, channel, tag, data);
    }
}
