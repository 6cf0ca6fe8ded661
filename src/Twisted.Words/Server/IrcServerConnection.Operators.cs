using Twisted.Cred;

namespace Twisted.Words;

/// <summary>What operators of the server may do.</summary>
internal sealed partial class IrcServerConnection
{
    [Command("OPER")]
    private void Oper(in IrcMessage message)
    {
        if (!Has(in message, 2, "OPER"))
            return;
        if (Options.Operators is not { } portal)
        {
            Reply("491", "No operators for your host");
            return;
        }
        var credentials = new UsernamePassword(
            IrcEncoding.Decode(message.Parameters[0]), IrcEncoding.Decode(message.Parameters[1]));
        Hold(() => BecomeOperator(portal, credentials));
    }

    private async Deferred BecomeOperator(Portal portal, UsernamePassword credentials)
    {
        (Login<IrcAccount>? login, string problem) = await Ask(portal, credentials);
        login?.Logout().Forget(); // the rights last as long as the connection; nothing else is asked of the realm
        if (_isEnding)
            return;
        if (login is null)
        {
            IrcServerLog.OperatorRefused(_network.Log, _user.Prefix, problem);
            Reply("464", "Password incorrect");
            CountFailedLogin();
            return;
        }
        IrcServerLog.OperatorMade(_network.Log, _user.Prefix, credentials.Username);
        Reply("381", "You are now an IRC operator");
        if (_user.IsOperator)
            return;
        _user.Modes |= UserModes.Operator;
        var changes = new ModeChanges();
        changes.Add(true, 'o');
        TellModes(changes);
    }

    private bool IsServerOperator()
    {
        if (_user.IsOperator)
            return true;
        Reply("481", "Permission denied: you are not an IRC operator");
        return false;
    }

    [Command("KILL")]
    private void Kill(in IrcMessage message)
    {
        if (!Has(in message, 2, "KILL") || !IsServerOperator())
            return;
        if (_network.FindUser(message.Parameters[0]) is not { } victim)
        {
            Reply("401", Shown(message.Parameters[0]), "No such nick or channel");
            return;
        }
        string reason = ByteText.Of(ByteText.Cut(message.Parameters[1], ServerLimits.Reason));
        IrcServerLog.Killed(_network.Log, _user.Prefix, victim.Prefix, ByteText.ToText(reason));
        _network.Message.From(_user).Word("KILL").Word(victim.Nick).Text(reason).SendTo(victim);
        victim.Connection.Close($"Killed ({_user.Nick} ({reason}))");
    }

    [Command("WALLOPS")]
    private void Wallops(in IrcMessage message)
    {
        if (!Has(in message, 1, "WALLOPS") || !IsServerOperator())
            return;
        OutgoingMessage said = _network.Message.From(_user).Word("WALLOPS").Text(message.Parameters[0]);
        foreach (IrcUser user in _network.Users)
        {
            if ((user.Modes & UserModes.Wallops) != 0)
                said.SendTo(user);
        }
    }

    [Command("REHASH")]
    private void Rehash(in IrcMessage message)
    {
        if (!IsServerOperator())
            return;
        try
        {
            _network.Rehash();
            Reply("382", "motd", "Rehashing");
        }
        catch (Exception failure) when (failure is FormatException or IOException or ArgumentException)
        {
            IrcServerLog.MotdFailed(_network.Log, failure);
            Reply("424", "File error: the message of the day stays as it was");
        }
    }

    [Command("DIE")]
    private void Die(in IrcMessage message)
    {
        if (!IsServerOperator())
            return;
        if (Options.Die is not { } die)
        {
            Reply("481", "Permission denied: this server cannot be ended by DIE");
            return;
        }
        IrcServerLog.Dying(_network.Log, _user.Prefix);
        _network.CloseAll("Server going down");
        die();
    }
}
