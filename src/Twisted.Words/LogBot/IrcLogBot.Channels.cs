namespace Twisted.Words;

/// <summary>Into the channels, and back into them.</summary>
public sealed partial class IrcLogBot
{
    private readonly List<LoggedChannel> _channels;

    /// <inheritdoc/>
    [CommandDispatch]
    protected override partial bool Dispatch(ReadOnlySpan<byte> command, in IrcMessage message);

    /// <inheritdoc/>
    protected override void UnknownCommand(in IrcMessage message)
    {
        if (message.Command.SequenceEqual("437"u8)) // of a nickname during the login, of a channel later
            JoinRefused(in message);
    }

    /// <inheritdoc/>
    protected override void Joined(string channel)
    {
        _messages.Log($"[I have joined {channel}]");
        if (Find(channel) is not { } joined)
            return;
        joined.Retry?.Cancel();
        joined.Since = _reactor.Now;
        joined.IsRefused = false;
    }

    /// <inheritdoc/>
    protected override void Left(string channel)
    {
        _messages.Log($"[I have left {channel}]");
        ComeBack(channel);
    }

    /// <inheritdoc/>
    protected override void KickedFrom(string channel, string kicker, string msg)
    {
        _messages.Log($"[I was kicked from {channel} by {kicker}: {msg}]");
        ComeBack(channel);
    }

    /// <summary>No such channel, too many, full, invited only, banned, a key, for registered users only.</summary>
    [Command("403"), Command("405"), Command("471"), Command("473"), Command("474"), Command("475"), Command("476"),
     Command("477")]
    private void JoinRefused(in IrcMessage message)
    {
        if (Find(IrcEncoding.Decode(message.Parameters[1])) is not { IsRefused: false } channel)
            return;
        channel.IsRefused = true; // once: the attempts go on
        string reason = IrcEncoding.Decode(message.Parameters.Last);
        _messages.Log($"[I cannot join {channel.Name}: {reason}]");
        LogBotLog.NotJoined(_log, channel.Name, reason);
    }

    private LoggedChannel? Find(string name) => _channels.Find(channel => Same(channel.Name, name));

    /// <summary>Asks to join, and again after the delay unless that had an effect, whatever the server says.</summary>
    private void Enter(LoggedChannel channel, TimeSpan delay)
    {
        channel.Delay = delay;
        TryLater(channel);
        Join(channel.Name);
    }

    private void ComeBack(string name)
    {
        if (_isLeaving || Find(name) is not { } channel)
            return;
        if (_reactor.Now - channel.Since >= _options.MaxRejoinDelay)
            channel.Delay = _options.RejoinDelay;
        TryLater(channel);
    }

    private void TryLater(LoggedChannel channel)
    {
        channel.Retry?.Cancel();
        channel.Retry = _reactor.CallLater(channel.Delay, () => Enter(channel,
            channel.Delay * 2 < _options.MaxRejoinDelay ? channel.Delay * 2 : _options.MaxRejoinDelay));
    }
}
