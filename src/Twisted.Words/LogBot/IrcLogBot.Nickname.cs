namespace Twisted.Words;

/// <summary>The nickname: another one while it is taken, the wanted one when it is free.</summary>
public sealed partial class IrcLogBot
{
    private string _lastNickname;
    private IDelayedCall? _takeBack;

    /// <inheritdoc/>
    protected override string ErroneousNickFallback => "logbot";

    /// <summary>The nickname as this server takes it.</summary>
    private string WantedNickname =>
        Features["NICKLEN"] is not null && _options.Nickname.Length > Features.NickLength
            ? _options.Nickname[..Features.NickLength]
            : _options.Nickname;

    /// <inheritdoc/>
    protected override void NickChanged(string nickname)
    {
        TellRenamed(_lastNickname, nickname);
        LookAtNickname();
    }

    /// <inheritdoc/>
    protected override void UserRenamed(string oldNick, string newNick)
    {
        TellRenamed(oldNick, newNick);
        Freed(oldNick);
    }

    /// <inheritdoc/>
    protected override void UserQuit(string user, string quitMessage)
    {
        TellVerbosely(null, $"[{user} has quit: {quitMessage}]");
        Freed(user);
    }

    private void TellRenamed(string oldNick, string newNick) => Tell(null, $"{oldNick} is now known as {newNick}");

    private void Freed(string nickname)
    {
        if (_takeBack is not null && Same(nickname, WantedNickname))
            AskForNickname();
    }

    private void LookAtNickname()
    {
        _lastNickname = Nickname;
        _takeBack?.Cancel();
        _takeBack = null;
        if (!Same(Nickname, WantedNickname) && !_isLeaving)
            _takeBack = _reactor.CallLater(_options.NicknameInterval, AskForNickname);
    }

    /// <summary>The server refuses it while somebody has it, which changes nothing.</summary>
    private void AskForNickname()
    {
        LookAtNickname(); // the server may have said meanwhile how long one may be
        if (_takeBack is not null)
            SetNick(WantedNickname);
    }
}
