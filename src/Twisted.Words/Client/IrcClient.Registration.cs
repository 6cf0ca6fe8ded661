using System.Globalization;

namespace Twisted.Words;

/// <summary>The login: nickname, the first numeric replies, the message of the day.</summary>
public abstract partial class IrcClient
{
    private const int MostNicknames = 16;
    private const int UnderscoresTried = 3;
    private const int ShortestNickLength = 9; // every server takes so many (RFC 2812, 1.2.1)
    private const int MostMotdLines = 1000;

    private List<string>? _motd;
    private string _wantedNickname;
    private int _refusedNicknames;

    /// <summary>
    /// What is tried when the server finds the nickname malformed. One of more than nine letters is cut to them first:
    /// how long it may be, a server says only after the login.
    /// </summary>
    protected virtual string ErroneousNickFallback => "defaultnick";

    /// <summary>Sends what logs in: capabilities, password, nickname, user. Twisted: <c>register</c>.</summary>
    protected virtual void LogIn()
    {
        BeginCapabilities();
        if (ServerPassword is { } password)
            SendCommand("PASS", password);
        SendCommand("NICK", Nickname);
        SendCommand("USER", UserName, "0", "*", RealName);
    }

    /// <summary>
    /// Another nickname when one is taken: with an underscore, and after a few of them, which a server may have cut
    /// off, with a number in the length that every server has.
    /// </summary>
    /// <param name="nickname">The one that is taken.</param>
    protected virtual string AlterCollidedNick(string nickname)
    {
        ArgumentException.ThrowIfNullOrEmpty(nickname);
        if (_refusedNicknames < UnderscoresTried)
            return nickname + "_";
        string number = _refusedNicknames.ToString(CultureInfo.InvariantCulture);
        return nickname[..Math.Min(nickname.Length, Features.NickLength - number.Length)] + number;
    }

    [Command("433"), Command("437")]
    private void NicknameInUse(in IrcMessage message)
    {
        if (!IsSignedOn)
            TryNickname(AlterCollidedNick(Nickname), message);
        else
            UnknownCommand(in message);
    }

    [Command("432")]
    private void ErroneousNickname(in IrcMessage message)
    {
        if (!IsSignedOn)
            TryNickname(
                Nickname.Length > ShortestNickLength ? Nickname[..ShortestNickLength] : ErroneousNickFallback, message);
        else
            UnknownCommand(in message);
    }

    private void TryNickname(string nickname, in IrcMessage message)
    {
        if (++_refusedNicknames > MostNicknames)
        {
            LoginFailed(new IrcException(
                $"The server has refused {MostNicknames} nicknames: {LastText(message)}. Ask for another one.",
                Decoded(message.Command)));
            return;
        }
        Nickname = nickname;
        SendCommand("NICK", nickname);
    }

    [Command("464"), Command("465")]
    private void Refused(in IrcMessage message)
    {
        if (!IsSignedOn)
            LoginFailed(new IrcException($"The server has refused the login: {LastText(message)}",
                Decoded(message.Command)));
    }

    [Command("001")]
    private void Welcome(in IrcMessage message)
    {
        if (IsSignedOn)
            return; // some bouncers say it for each of their servers
        IsSignedOn = true;
        if (!message.Parameters[0].IsEmpty)
            Nickname = Text(message, 0); // the server may have cut what we asked for
        _wantedNickname = Nickname;
        _serverName = Decoded(message.Prefix);
        _deadline?.Cancel();
        StartHeartbeat();
        SignedOn();
    }

    [Command("002")]
    private void YourHost(in IrcMessage message) => YourHostReceived(LastText(message));

    [Command("003")]
    private void Created(in IrcMessage message) => CreatedReceived(LastText(message));

    [Command("004")]
    private void MyInfo(in IrcMessage message) =>
        MyInfoReceived(Text(message, 1), Text(message, 2), Text(message, 3), Text(message, 4));

    [Command("005")]
    private void ServerFeatures(in IrcMessage message)
    {
        List<string> tokens = Texts(message, from: 1);
        if (tokens.Count < 2)
        {
            BounceReceived(LastText(message)); // what 005 meant before
            return;
        }
        tokens.RemoveAt(tokens.Count - 1); // "are supported by this server"
        Features.Parse(tokens);
        FeaturesReceived(tokens);
    }

    [Command("010")]
    private void Bounce(in IrcMessage message) => BounceReceived(LastText(message));

    [Command("251")]
    private void LuserClient(in IrcMessage message) => LuserClientReceived(LastText(message));

    [Command("252")]
    private void LuserOp(in IrcMessage message)
    {
        if (Number(Text(message, 1)) is { } operators)
            LuserOpReceived(operators);
    }

    [Command("254")]
    private void LuserChannels(in IrcMessage message)
    {
        if (Number(Text(message, 1)) is { } channels)
            LuserChannelsReceived(channels);
    }

    [Command("255")]
    private void LuserMe(in IrcMessage message) => LuserMeReceived(LastText(message));

    [Command("375")]
    private void MotdStart(in IrcMessage message) => _motd = [LastText(message)];

    [Command("372")]
    private void MotdLine(in IrcMessage message)
    {
        if ((_motd ??= []).Count < MostMotdLines)
            _motd.Add(LastText(message));
    }

    [Command("376"), Command("422")]
    private void MotdEnd(in IrcMessage message)
    {
        List<string> lines = _motd ?? [];
        _motd = null;
        MotdReceived(lines);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture,
            out int number) ? number : null;
}
