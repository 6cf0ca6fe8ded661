using Twisted.Internet;

namespace Twisted.Words;

/// <summary>Capabilities (IRCv3, CAP 302) and SASL.</summary>
public abstract partial class IrcClient
{
    private const int MostCapabilities = 256;

    private static readonly string[] UsualCapabilities =
    [
        "account-notify", "account-tag", "away-notify", "chghost", "extended-join", "invite-notify", "message-tags",
        "multi-prefix", "server-time", "setname",
    ];

    private readonly Dictionary<string, string> _offered = [];
    private readonly HashSet<string> _enabled = [];
    private bool _isNegotiating;

    /// <summary>
    /// The capabilities that are asked for where a server has them; those that change nothing for who does not look,
    /// unless overridden. An override may add "echo-message", with which we hear our own words. None, and no SASL: the
    /// server is not asked.
    /// </summary>
    protected virtual IReadOnlyCollection<string> WantedCapabilities => UsualCapabilities;

    /// <summary>How to prove who we are; null, as usual, for not at all. When it fails, so does the login.</summary>
    protected virtual IrcSasl? Sasl => null;

    /// <summary>The capabilities that are on.</summary>
    public IReadOnlySet<string> Capabilities => _enabled;

    /// <summary>Capabilities were switched on or off.</summary>
    protected virtual void CapabilitiesChanged() { }

    private void BeginCapabilities()
    {
        if (WantedCapabilities.Count == 0 && Sasl is null)
            return;
        _isNegotiating = true;
        SendCommand("CAP", "LS", "302");
    }

    [Command("CAP")]
    private void CapabilityHeard(in IrcMessage message)
    {
        string list = LastText(message);
        bool isMore = message.Parameters.Count > 3 && message.Parameters[2].SequenceEqual("*"u8);
        switch (Text(message, 1).ToUpperInvariant())
        {
            case "LS":
                Offer(list);
                if (!isMore)
                    Request();
                break;
            case "NEW":
                Offer(list);
                Request();
                break;
            case "DEL":
                foreach (string name in Words(list))
                {
                    _offered.Remove(name);
                    _enabled.Remove(name);
                }
                CapabilitiesChanged();
                break;
            case "ACK":
                Acknowledge(list);
                break;
            case "NAK":
                if (_isNegotiating && Sasl is not null)
                    FailSasl("the server refuses the capability 'sasl'", null);
                else
                    EndCapabilities();
                break;
        }
    }

    private static string[] Words(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Offer(string list)
    {
        foreach (string capability in Words(list))
        {
            string[] parts = capability.Split('=', 2);
            if (_offered.Count < MostCapabilities)
                _offered[parts[0]] = parts is [_, var value] ? value : "";
        }
    }

    private void Request()
    {
        var wanted = new List<string>();
        foreach (string name in WantedCapabilities)
        {
            if (_offered.ContainsKey(name) && !_enabled.Contains(name))
                wanted.Add(name);
        }
        if (_isNegotiating && Sasl is { } sasl)
        {
            if (!_offered.TryGetValue("sasl", out string? mechanisms)
                || (mechanisms.Length > 0 && !mechanisms.Split(',').Contains(sasl.Mechanism)))
            {
                FailSasl($"the server does not offer {sasl.Mechanism}", null);
                return;
            }
            wanted.Add("sasl");
        }
        if (wanted.Count > 0)
            SendCommand("CAP", "REQ", string.Join(' ', wanted));
        else
            EndCapabilities();
    }

    private void Acknowledge(string list)
    {
        foreach (string name in Words(list))
        {
            if (name[0] == '-')
                _enabled.Remove(name[1..]);
            else if (_offered.ContainsKey(name))
                _enabled.Add(name);
        }
        CapabilitiesChanged();
        if (!_isNegotiating)
            return;
        if (Sasl is not { } sasl)
            EndCapabilities();
        else if (sasl.NeedsTls && Transport.Get<ITlsInfo>() is null)
            FailSasl("the connection is not TLS, and the password would be read by anybody. Use a tls: endpoint, or "
                + "allowInsecure", null);
        else
            SendCommand("AUTHENTICATE", sasl.Mechanism);
    }

    [Command("AUTHENTICATE")]
    private void AuthenticateAsked(in IrcMessage message)
    {
        if (!_isNegotiating || Sasl is not { } sasl || !message.Parameters.Last.SequenceEqual("+"u8))
            return;
        foreach (string piece in sasl.Pieces())
            SendCommand("AUTHENTICATE", piece);
    }

    [Command("903")]
    private void SaslDone(in IrcMessage message) => EndCapabilities();

    [Command("902"), Command("904"), Command("905"), Command("906"), Command("908")]
    private void SaslRefused(in IrcMessage message)
    {
        if (_isNegotiating)
            FailSasl(LastText(message), Decoded(message.Command));
    }

    /// <summary>An old server answers CAP with 421, or not at all; then a login without SASL simply goes on.</summary>
    [Command("421")]
    private void CommandUnknown(in IrcMessage message)
    {
        if (!_isNegotiating || !message.Parameters[1].SequenceEqual("CAP"u8))
        {
            UnknownCommand(in message);
            return;
        }
        _isNegotiating = false;
        if (Sasl is not null)
            FailSasl("the server does not know capabilities", "421");
    }

    private void FailSasl(string why, string? code)
    {
        _isNegotiating = false;
        LoginFailed(new IrcException($"We could not prove who we are: {why}.", code));
    }

    private void EndCapabilities()
    {
        if (!_isNegotiating)
            return;
        _isNegotiating = false;
        SendCommand("CAP", "END");
    }
}
