using System.Buffers.Text;
using System.Text;
using Twisted.Cred;

namespace Twisted.Words;

/// <summary>Capabilities (IRCv3 CAP 302) and logins by SASL.</summary>
internal sealed partial class IrcServerConnection
{
    private const int SaslPiece = 400;

    private static readonly Dictionary<string, IrcCapabilities> KnownCapabilities = new()
    {
        ["account-notify"] = IrcCapabilities.AccountNotify,
        ["account-tag"] = IrcCapabilities.AccountTag,
        ["away-notify"] = IrcCapabilities.AwayNotify,
        ["cap-notify"] = IrcCapabilities.CapNotify,
        ["echo-message"] = IrcCapabilities.EchoMessage,
        ["extended-join"] = IrcCapabilities.ExtendedJoin,
        ["invite-notify"] = IrcCapabilities.InviteNotify,
        ["message-tags"] = IrcCapabilities.MessageTags,
        ["multi-prefix"] = IrcCapabilities.MultiPrefix,
        ["sasl"] = IrcCapabilities.Sasl,
        ["server-time"] = IrcCapabilities.ServerTime,
        ["userhost-in-names"] = IrcCapabilities.UserhostInNames,
    };

    private SaslExchange? _sasl;
    private byte _failedLogins;

    /// <summary>A login by SASL that was begun.</summary>
    private sealed record SaslExchange(bool IsExternal)
    {
        internal StringBuilder Response { get; } = new();
    }

    private string Mechanisms => Options.Portal is not { } portal ? "" : string.Join(',', new[]
    {
        portal.CredentialTypes.Any(type => type.IsAssignableFrom(typeof(UsernamePassword))) ? "PLAIN" : "",
        CertificateAccount() is null ? "" : "EXTERNAL",
    }.Where(name => name.Length > 0));

    [Command("CAP")]
    private void Cap(in IrcMessage message)
    {
        ReadOnlySpan<byte> verb = message.Parameters[0];
        if (Is(verb, "LS"u8))
        {
            Negotiating();
            bool isModern = Utf8Parser.TryParse(message.Parameters[1], out int version, out _) && version >= 302;
            if (isModern)
                _user.Capabilities |= IrcCapabilities.CapNotify; // implied
            TellCap("LS", string.Join(' ', Offered().Select(name =>
                isModern && name == "sasl" ? $"sasl={Mechanisms}" : name)));
        }
        else if (Is(verb, "LIST"u8))
            TellCap("LIST", string.Join(' ', KnownCapabilities
                .Where(known => _user.Has(known.Value)).Select(known => known.Key)));
        else if (Is(verb, "REQ"u8))
        {
            Negotiating();
            string wanted = ByteText.Of(ByteText.Cut(message.Parameters[1], 400)).Trim(' ');
            TellCap(TryTake(wanted) ? "ACK" : "NAK", wanted);
        }
        else if (Is(verb, "END"u8))
        {
            if (_registration is not { IsNegotiating: true } registration)
                return;
            registration.IsNegotiating = false;
            TryRegister();
        }
        else if (Has(in message, 1, "CAP"))
            Reply("410", Shown(verb), "Invalid CAP command");
    }

    private void Negotiating()
    {
        if (_registration is not null)
            _registration.IsNegotiating = true;
    }

    private IEnumerable<string> Offered() =>
        KnownCapabilities.Keys.Where(name => name != "sasl" || Mechanisms.Length > 0);

    /// <summary>All of them or none.</summary>
    private bool TryTake(string wanted)
    {
        IrcCapabilities taken = _user.Capabilities;
        foreach (string item in wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isOff = item[0] == '-';
            string name = isOff ? item[1..] : item;
            if (!KnownCapabilities.TryGetValue(name, out IrcCapabilities capability)
                || (name == "sasl" && Mechanisms.Length == 0))
                return false;
            taken = isOff ? taken & ~capability : taken | capability;
        }
        _user.Capabilities = taken;
        return true;
    }

    private void TellCap(string verb, string text) => Send(_network.Message.From(_network.Name)
        .Word("CAP").Word(Called).Word(verb).Text(text));

    [Command("AUTHENTICATE")]
    private void Authenticate(in IrcMessage message)
    {
        if (!Has(in message, 1, "AUTHENTICATE"))
            return;
        ReadOnlySpan<byte> text = message.Parameters[0];
        if (!_user.Has(IrcCapabilities.Sasl) || Options.Portal is not { } portal)
            Reply("904", "SASL authentication failed");
        else if (_user.Account is not null)
            Reply("907", "You have already authenticated using SASL");
        else if (text is [(byte)'*'])
        {
            _sasl = null;
            Reply("906", "SASL authentication aborted");
        }
        else if (_sasl is null)
            BeginSasl(text);
        else
            GoOnWithSasl(_sasl, text, portal);
    }

    private void BeginSasl(ReadOnlySpan<byte> mechanism)
    {
        string wanted = ByteText.Of(mechanism).ToUpperInvariant();
        if (!Mechanisms.Split(',').Contains(wanted))
        {
            ReplyWords("908", $"{Mechanisms} :are available SASL mechanisms");
            Reply("904", "SASL authentication failed");
            return;
        }
        _sasl = new SaslExchange(wanted == "EXTERNAL");
        Send(_network.Message.Bare("AUTHENTICATE").Word("+"));
    }

    private void GoOnWithSasl(SaslExchange exchange, ReadOnlySpan<byte> piece, Portal portal)
    {
        if (piece.Length > SaslPiece || exchange.Response.Length + piece.Length > ServerLimits.Sasl)
        {
            _sasl = null;
            Reply("905", "SASL message too long");
            return;
        }
        if (piece is not [(byte)'+'])
            exchange.Response.Append(ByteText.Of(piece));
        if (piece.Length == SaslPiece)
            return; // there is more
        _sasl = null;
        if (CredentialsOf(exchange) is { } credentials)
            Hold(() => LogInBySasl(portal, credentials));
        else
            FailSasl("malformed response");
    }

    /// <summary>What the client has shown; null when it makes no sense.</summary>
    private ICredentials? CredentialsOf(SaslExchange exchange)
    {
        byte[] response = new byte[exchange.Response.Length];
        if (!Convert.TryFromBase64String(exchange.Response.ToString(), response, out int length))
            return null;
        ReadOnlySpan<byte> text = response.AsSpan(0, length);
        if (exchange.IsExternal)
        {
            string? account = CertificateAccount();
            return account is not null && (text.IsEmpty || IrcEncoding.Decode(text) == account)
                ? new Preauthenticated(new AvatarId(account))
                : null;
        }
        int first = text.IndexOf((byte)0); // RFC 4616: who to be, who it is, password
        int second = first < 0 ? -1 : text[(first + 1)..].IndexOf((byte)0) + first + 1;
        if (first < 0 || second == first)
            return null;
        ReadOnlySpan<byte> name = text[(first + 1)..second];
        return first == 0 || text[..first].SequenceEqual(name)
            ? new UsernamePassword(IrcEncoding.Decode(name), IrcEncoding.Decode(text[(second + 1)..]))
            : null;
    }

    private async Deferred LogInBySasl(Portal portal, ICredentials credentials)
    {
        string? problem = await LogIn(portal, credentials);
        if (_isEnding)
            return;
        if (problem is null && _user.Account is null)
            problem = "it gives no account";
        if (problem is not null)
        {
            FailSasl(problem);
            return;
        }
        string prefix = _user.IsRegistered ? _user.Prefix : $"{Called}!*@{_user.Host}";
        Reply("900", prefix, _user.Account!, $"You are now logged in as {_user.Account}");
        Reply("903", "SASL authentication successful");
        if (_user.IsRegistered)
            _network.SendToPeers(_user, _network.Message.From(_user).Word("ACCOUNT").Word(_user.Account!),
                IrcCapabilities.AccountNotify);
    }

    private void FailSasl(string problem)
    {
        IrcServerLog.LoginRefused(_network.Log, _user.Host, problem);
        Reply("904", "SASL authentication failed");
        CountFailedLogin();
    }

    private void CountFailedLogin()
    {
        if (++_failedLogins >= ServerLimits.Logins)
            Close("Too many failed logins");
    }

    private string? CertificateAccount() =>
        Options.AccountOf is { } accountOf && Transport.Get<ITlsInfo>()?.PeerCertificate is { } certificate
        && Options.Portal!.CredentialTypes.Contains(typeof(Preauthenticated))
        && accountOf(certificate) is { Length: > 0 } account ? account : null;
}
