using System.Globalization;
using Twisted.Cred;

namespace Twisted.Words;

/// <summary>From the connection to the welcome.</summary>
internal sealed partial class IrcServerConnection
{
    private const string Version = "twisted-net-0.1";

    private Registration? _registration; // null from the welcome on

    /// <summary>What is known of a client that has not registered.</summary>
    private sealed class Registration
    {
        internal byte[]? Password { get; set; }

        internal string GivenUserName { get; set; } = "";

        /// <summary>CAP was begun and not ended.</summary>
        internal bool IsNegotiating { get; set; }
    }

    private static bool IsForStrangers(ReadOnlySpan<byte> command) =>
        Is(command, "NICK"u8) || Is(command, "USER"u8) || Is(command, "PASS"u8) || Is(command, "CAP"u8)
        || Is(command, "AUTHENTICATE"u8) || Is(command, "PING"u8) || Is(command, "PONG"u8) || Is(command, "QUIT"u8);

    private static bool Is(ReadOnlySpan<byte> command, ReadOnlySpan<byte> name) =>
        System.Text.Ascii.EqualsIgnoreCase(command, name);

    [Command("PASS")]
    private void Pass(in IrcMessage message)
    {
        if (_registration is null)
            Reply("462", "You may not reregister");
        else if (Has(in message, 1, "PASS"))
            _registration.Password = message.Parameters[0].ToArray();
    }

    [Command("NICK")]
    private void Nick(in IrcMessage message)
    {
        ReadOnlySpan<byte> wanted = message.Parameters[0];
        if (wanted.IsEmpty)
        {
            Reply("431", "No nickname given");
            return;
        }
        if (!IsNickname(wanted))
        {
            Reply("432", Shown(wanted), "Erroneous nickname");
            return;
        }
        string nick = ByteText.Of(wanted);
        if (nick == _user.Nick)
            return;
        OutgoingMessage change = _network.Message.From(_user).Word("NICK").Text(nick);
        if (!_network.TryRename(_user, nick))
        {
            Reply("433", nick, "Nickname is already in use");
            return;
        }
        if (_registration is not null)
        {
            TryRegister();
            return;
        }
        Send(change);
        _network.SendToPeers(_user, change);
    }

    [Command("USER")]
    private void User(in IrcMessage message)
    {
        if (_registration is null)
        {
            Reply("462", "You may not reregister");
            return;
        }
        if (!Has(in message, 4, "USER"))
            return;
        _registration.GivenUserName = IrcEncoding.Decode(message.Parameters[0]);
        string name = string.Concat(ByteText.Of(message.Parameters[0]).Where(IsUserNameCharacter));
        _user.UserName = "~" + name[..Math.Min(name.Length, ServerLimits.UserName - 1)]; // nobody has vouched for it
        _user.RealName = ByteText.Of(ByteText.Cut(message.Parameters[3], ServerLimits.RealName));
        TryRegister();
    }

    /// <summary>Letters, digits and the marks of RFC 2812 (2.3.1); a mark or a letter first.</summary>
    private bool IsNickname(ReadOnlySpan<byte> nick)
    {
        const string Marks = "[]\\`_^{|}";
        if (nick.Length > Options.NickLength || char.IsAsciiDigit((char)nick[0]) || nick[0] == '-')
            return false;
        foreach (byte value in nick)
        {
            if (!char.IsAsciiLetterOrDigit((char)value) && value != '-' && !Marks.Contains((char)value))
                return false;
        }
        return true;
    }

    private static bool IsUserNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "-_.[]{}\\|^`".Contains(c);

    /// <summary>Welcomes the client when all is there that is needed.</summary>
    private void TryRegister()
    {
        if (_registration is not { IsNegotiating: false } registration
            || _user.Nick.Length == 0 || _user.UserName.Length == 0 || _holds.HasFlag(Holds.Login))
            return;
        if (_login is not null || Options.Portal is not { } portal)
            Welcome();
        else if (registration.Password is { } password)
            Hold(() => RegisterBy(portal, PasswordOf(password, registration.GivenUserName)));
        else if (portal.CredentialTypes.Contains(typeof(Anonymous)))
            Hold(() => RegisterBy(portal, new Anonymous()));
        else if (Options.RequiresLogin)
            RefuseLogin("no login");
        else
            Welcome();
    }

    /// <summary>NAME:PASSWORD, or a password for the name that USER gave.</summary>
    private static UsernamePassword PasswordOf(ReadOnlySpan<byte> text, string name)
    {
        int colon = text.IndexOf((byte)':');
        return colon < 0
            ? new UsernamePassword(name, IrcEncoding.Decode(text))
            : new UsernamePassword(IrcEncoding.Decode(text[..colon]), IrcEncoding.Decode(text[(colon + 1)..]));
    }

    private async Deferred RegisterBy(Portal portal, ICredentials credentials)
    {
        string? problem = await LogIn(portal, credentials);
        if (_isEnding)
            return;
        if (problem is null)
            Welcome();
        else
            RefuseLogin(problem);
    }

    private void RefuseLogin(string problem)
    {
        IrcServerLog.LoginRefused(_network.Log, _user.Host, problem);
        Reply("464", "Password incorrect");
        Close("Bad password");
    }

    /// <summary>Logs in.</summary>
    /// <returns>What went wrong, for the log; null when the user has an account now.</returns>
    private async Deferred<string?> LogIn(Portal portal, ICredentials credentials)
    {
        (Login<IrcAccount>? login, string problem) = await Ask(portal, credentials);
        if (login is null)
            return problem;
        string? name = login.Avatar.Name is { } account ? ByteText.FromText(account) : null;
        if (_isEnding || (name is not null && !ByteText.IsWord(name)))
        {
            await login.Logout();
            return "the name of the account is not one word";
        }
        _login?.Logout().Forget();
        _login = login;
        _user.Account = name;
        return null;
    }

    /// <summary>Asks the user store.</summary>
    private async Deferred<(Login<IrcAccount>? Login, string Problem)> Ask(Portal portal, ICredentials credentials)
    {
        try
        {
            return (await portal.Login<IrcAccount>(credentials, source: Transport.Peer), "");
        }
        catch (LoginFailedException refused)
        {
            return (null, refused.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            IrcServerLog.StoreFailed(_network.Log, failure, _user.Prefix);
            return (null, "the user store is broken");
        }
    }

    /// <summary>Takes no line until a login is decided and what follows from it is done.</summary>
    private void Hold(Func<Deferred> login)
    {
        Hold(Holds.Login);
        WhileConnected(Deferred.Try(login).Finally(() => Release(Holds.Login)));
    }

    private void Welcome()
    {
        _registration = null;
        _network.Register(_user);
        IrcServerLog.Registered(_network.Log, _user.Prefix,
            _user.Account is null ? "none" : ByteText.ToText(_user.Account));
        Reply("001", $"Welcome to the {_network.Title} network, {_user.Prefix}");
        Reply("002", $"Your host is {_network.Name}, running version {Version}");
        string created = _network.Created.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        Reply("003", $"This server was created {created}");
        ReplyWords("004", $"{_network.Name} {Version} iow beiklmnostv beklov");
        TellFeatures();
        TellLusers();
        TellMotd();
        LastHeard = _network.Reactor.Now;
        StartKeepalive();
    }

    private void TellFeatures()
    {
        ReplyWords("005", $"CASEMAPPING=rfc1459 CHANLIMIT=#&:{Options.MaxChannelsPerUser} CHANMODES=be,k,l,imnst "
            + $"CHANNELLEN={ServerLimits.Channel} CHANTYPES=#& EXCEPTS=e MAXLIST=be:{Options.MaxListEntries} "
            + $"MODES={ServerLimits.Modes} NETWORK={_network.Title} :are supported by this server");
        ReplyWords("005", $"NICKLEN={Options.NickLength} USERLEN={ServerLimits.UserName} PREFIX=(ov)@+ "
            + $"TOPICLEN={ServerLimits.Topic} KICKLEN={ServerLimits.Reason} AWAYLEN={ServerLimits.Away} "
            + $"KEYLEN={ServerLimits.Key} TARGMAX=PRIVMSG:{ServerLimits.Targets},NOTICE:{ServerLimits.Targets},"
            + $"TAGMSG:{ServerLimits.Targets},KICK:{ServerLimits.Targets},JOIN:,PART:,NAMES:,LIST:,WHOIS:1 "
            + ":are supported by this server");
    }
}
