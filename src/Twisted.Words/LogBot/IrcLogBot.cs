using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Words;

/// <summary>
/// Writes down what is said in channels, asks who whispers to speak up, and says what it is when it is called by name.
/// </summary>
/// <remarks>
/// One bot is one connection: <see cref="IrcLogBotService"/> makes them. It answers strangers five times at once, then
/// once in two seconds, never a notice, itself or its like. With several channels a line begins with the name of its
/// channel. Reactor thread only. Twisted: <c>LogBot</c> of <c>ircLogBot.py</c>, whose lines these are.
/// </remarks>
public sealed partial class IrcLogBot : IrcClient, IDrainable
{
    private const string WhisperAnswer = "It isn't nice to whisper!  Play nice with the group.";
    private const string Introduction = "I am a log bot";

    private readonly IrcLogBotOptions _options;
    private readonly MessageLog _messages;
    private readonly IReactorTime _reactor;
    private readonly ILogger _log;
    private Deferred? _signedOn;
    private Deferred? _ended;
    private Exception? _lost;
    private string? _error; // what the server has said before it ended the connection
    private bool _isLeaving;

    /// <summary>A bot for a connection.</summary>
    /// <param name="options">Its name, its channels.</param>
    /// <param name="messages">Where it writes; it outlives the connection.</param>
    /// <param name="reactor">The clock.</param>
    /// <param name="log">Where failures are told; nowhere unless given.</param>
    /// <exception cref="ArgumentException">No server could take these options.</exception>
    public IrcLogBot(IrcLogBotOptions options, MessageLog messages, IReactorTime reactor, ILogger? log = null)
        : base((options ?? throw new ArgumentNullException(nameof(options))).Nickname, reactor, log)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(reactor);
        options.Validate();
        _options = options;
        _messages = messages;
        _reactor = reactor;
        _log = log ?? NullLogger.Instance;
        _lastNickname = options.Nickname;
        _channels = [.. options.Channels.Select(name => Features.IsChannel(name) ? name : "#" + name)
            .Select(name => new LoggedChannel(name))];
    }

    /// <inheritdoc/>
    protected override string? ServerPassword => _options.Password?.Reveal();

    /// <inheritdoc/>
    protected override IrcSasl? Sasl => _options.Sasl;

    private string Date => _messages.LocalNow.ToString("ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture);

    /// <summary>Fires when the server has accepted the login, and fails with the reason when it never will.</summary>
    internal Deferred WhenSignedOn()
    {
        if (_lost is { } lost)
            return Deferred.Fail(lost);
        return IsSignedOn ? Deferred.Succeed() : _signedOn ??= new Deferred();
    }

    /// <summary>Fires when the connection is gone and its last line is written.</summary>
    internal Deferred WhenEnded() => IsConnected ? _ended ??= new Deferred() : Deferred.Succeed();

    /// <summary>Says goodbye; the server then ends the connection.</summary>
    public void Drain()
    {
        _isLeaving = true;
        StopWaiting();
        if (IsSignedOn)
            Quit(_options.QuitMessage);
        else
            Transport.LoseConnection();
    }

    /// <inheritdoc/>
    protected override void ConnectionMade()
    {
        _messages.Log($"[connected at {Date}]");
        base.ConnectionMade();
    }

    /// <inheritdoc/>
    protected override void ConnectionLost(Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        base.ConnectionLost(reason);
        StopWaiting();
        _messages.Log($"[disconnected at {Date}: {FailureReason?.Message ?? _error ?? reason.Message}]");
        _lost = FailureReason ?? reason;
        if (!IsSignedOn)
            _signedOn?.Errback(_lost);
        _ended?.Callback();
    }

    /// <inheritdoc/>
    protected override void SignedOn()
    {
        LookAtNickname();
        foreach (LoggedChannel channel in _channels)
            Enter(channel, _options.RejoinDelay);
        _signedOn?.Callback();
    }

    /// <inheritdoc/>
    protected override void ErrorReceived(string text) => _error = text;

    /// <inheritdoc/>
    protected override void PrivMsgReceived(string user, string channel, string msg)
    {
        ArgumentNullException.ThrowIfNull(user);
        string nick = NickIn(user);
        bool isWhisper = Same(channel, Nickname);
        Tell(isWhisper ? null : channel, $"<{nick}> {msg}");
        if (_isLeaving || nick.Length == user.Length || Same(nick, Nickname)) // a server, or our own echo
            return;
        string words = IrcFormatting.Strip(msg);
        if (isWhisper)
        {
            if (words != WhisperAnswer && MayAnswer(nick)) // two bots would whisper for ever
                Msg(nick, WhisperAnswer);
        }
        else if (IsForMe(words) && !words.EndsWith(Introduction, StringComparison.Ordinal) && MayAnswer(nick))
        {
            string answer = $"{nick}: {Introduction}";
            Msg(channel, answer);
            Tell(channel, $"<{Nickname}> {answer}");
        }
    }

    /// <inheritdoc/>
    protected override void ActionReceived(string user, string channel, string msg)
    {
        ArgumentNullException.ThrowIfNull(user);
        Tell(Same(channel, Nickname) ? null : channel, $"* {NickIn(user)} {msg}");
    }

    /// <inheritdoc/>
    protected override void NoticeReceived(string user, string channel, string msg)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (Features.IsChannel(channel)) // those to us are the server's and its services'
            TellVerbosely(channel, $"-{NickIn(user)}- {msg}");
    }

    /// <inheritdoc/>
    protected override void UserJoined(string user, string channel) =>
        TellVerbosely(channel, $"[{user} has joined {channel}]");

    /// <inheritdoc/>
    protected override void UserLeft(string user, string channel) =>
        TellVerbosely(channel, $"[{user} has left {channel}]");

    /// <inheritdoc/>
    protected override void UserKicked(string kickee, string channel, string kicker, string msg) =>
        TellVerbosely(channel, $"[{kickee} was kicked from {channel} by {kicker}: {msg}]");

    /// <inheritdoc/>
    protected override void TopicUpdated(string user, string channel, string newTopic) =>
        TellVerbosely(channel, $"[the topic of {channel}, says {user}: {newTopic}]");

    private static string NickIn(string user) => user.Split('!')[0];

    private bool Same(string one, string other) => Features.CaseMapping.Equals(one, other);

    /// <summary>"nick: ..." or "nick, ...".</summary>
    private bool IsForMe(string words) =>
        words.Length > Nickname.Length && words[Nickname.Length] is ':' or ','
        && Same(words[..Nickname.Length], Nickname);

    private bool MayAnswer(string nick)
    {
        bool may = MayReply();
        if (!may)
            LogBotLog.AnswerLimited(_log, nick);
        return may;
    }

    private void Tell(string? channel, string text) =>
        _messages.Log(channel is null || _channels is [_] ? text : $"{channel} {text}");

    private void TellVerbosely(string? channel, string text)
    {
        if (_options.IsVerbose)
            Tell(channel, text);
    }

    private void StopWaiting()
    {
        _takeBack?.Cancel();
        foreach (LoggedChannel channel in _channels)
            channel.Retry?.Cancel();
    }
}
