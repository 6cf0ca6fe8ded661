using System.Net;
using Twisted.Cred;

namespace Twisted.Words;

/// <summary>One client of the server.</summary>
/// <remarks>
/// Partials by subject: this file is its life and its lines. It holds no buffer while it is idle, and what only the
/// registration needs goes with it: there may be very many.
/// </remarks>
internal sealed partial class IrcServerConnection : IrcServerProtocol
{
    private readonly IrcNetwork _network;
    private IrcUser _user = null!; // from ConnectionMade on
    private ISendQueue? _queue;
    private Login? _login;
    private bool _isEnding;
    private string _reason = "Connection closed"; // why it has gone, for the others
    private IDelayedCall? _timer; // until the registration must be done, the client is asked, or it must have answered

    internal IrcServerConnection(IrcNetwork network) : base(network.Log) => _network = network;

    private IrcServerOptions Options => _network.Options;

    /// <summary>What the server calls the client: an asterisk until there is a nickname.</summary>
    private string Called => _user.Nick.Length == 0 ? "*" : _user.Nick;

    /// <summary>Writes bytes that are whole messages; too many that are not read end the connection.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        if (_isEnding)
            return;
        Transport.Write(bytes);
        if (_queue is not null && Options.SendQueueLimit > 0 && _queue.Unsent > Options.SendQueueLimit)
        {
            _isEnding = true; // the others hear of it when the connection is gone: someone may be speaking to them
            _reason = "SendQ exceeded";
            Transport.AbortConnection();
        }
    }

    /// <summary>Says why, tells the others, and ends the connection when what was written is sent.</summary>
    internal void Close(string reason)
    {
        if (_isEnding)
            return;
        Send(_network.Message.Bare("ERROR").Text($"Closing link: ({_user.UserName}@{_user.Host}) [{reason}]"));
        _isEnding = true;
        Leave(reason);
        Transport.LoseConnection();
        _timer?.Cancel();
        _timer = _network.Reactor.CallLater(
            Options.PingTimeout, static connection => connection.Transport.AbortConnection(), this);
    }

    protected override void ConnectionMade()
    {
        _user = new IrcUser(this, HostOf(Transport.Peer));
        _queue = Transport.Get<ISendQueue>();
        _registration = new Registration();
        _network.Connected(this);
        _timer = _network.Reactor.CallLater(
            Options.RegistrationTimeout, static connection => connection.Close("Registration timed out"), this);
    }

    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        _timer?.Cancel();
        _floodTimer?.Cancel();
        if (!_isEnding && reason is not ConnectionDoneException)
            _reason = "Connection lost";
        _isEnding = true;
        Leave(_reason);
        _network.Disconnected(this);
    }

    protected override void MessageReceived(in IrcMessage message)
    {
        if (_isEnding)
            return;
        if (_registration is not null && !IsForStrangers(message.Command))
            Reply("451", "You have not registered");
        else
            base.MessageReceived(in message);
    }

    [CommandDispatch(IgnoreCase = true)]
    protected override partial bool Dispatch(ReadOnlySpan<byte> command, in IrcMessage message);

    protected override void UnknownCommand(in IrcMessage message) =>
        Reply("421", ByteText.Of(message.Command[..Math.Min(message.Command.Length, 32)]), "Unknown command");

    /// <summary>The end of a user, once.</summary>
    private void Leave(string reason)
    {
        if (_user.IsRegistered)
            IrcServerLog.Gone(_network.Log, _user.Prefix, ByteText.ToText(reason));
        _network.Quit(_user, reason);
        _registration = null;
        _sasl = null;
        Login? login = _login;
        _login = null;
        login?.Logout().Forget();
    }

    private void Send(OutgoingMessage message) => message.SendTo(_user);

    private OutgoingMessage Begin(string numeric) =>
        _network.Message.From(_network.Name).Word(numeric).Word(Called);

    /// <summary>Answers with a number; the last parameter is text.</summary>
    private void Reply(string numeric, params ReadOnlySpan<string> parameters)
    {
        OutgoingMessage message = Begin(numeric);
        foreach (string word in parameters[..^1])
            message.Word(word);
        Send(message.Text(parameters[^1]));
    }

    /// <summary>Answers with a number and words, all in one string.</summary>
    private void ReplyWords(string numeric, string words) => Send(Begin(numeric).Word(words));

    /// <summary>Answers with a number, a beginning, and words in as many messages as they take.</summary>
    private void ReplyList(string numeric, string head, IEnumerable<string> words)
    {
        int most = IrcLimits.Message - 2
            - $":{_network.Name} {numeric} {Called} {head} :".Length;
        var line = new System.Text.StringBuilder();
        foreach (string word in words)
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > most)
            {
                ReplyLine(numeric, head, line.ToString());
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        if (line.Length > 0)
            ReplyLine(numeric, head, line.ToString());
    }

    private void ReplyLine(string numeric, string head, string text)
    {
        OutgoingMessage message = Begin(numeric);
        if (head.Length > 0)
            message.Word(head);
        Send(message.Text(text));
    }

    /// <summary>Whether there are enough parameters; answers when not.</summary>
    private bool Has(in IrcMessage message, int count, string command)
    {
        if (message.Parameters.Count >= count && !message.Parameters[count - 1].IsEmpty)
            return true;
        Reply("461", command, "Not enough parameters");
        return false;
    }

    /// <summary>Whether more may be written, for answers that have no end: half of the queue is left alone.</summary>
    private bool HasRoom =>
        !_isEnding && (_queue is null || Options.SendQueueLimit == 0 || _queue.Unsent < Options.SendQueueLimit / 2);

    /// <summary>A name that a client sent and we know nothing of, fit to be sent back.</summary>
    private static string Shown(ReadOnlySpan<byte> name)
    {
        string text = ByteText.Of(ByteText.Cut(name, 64));
        return ByteText.IsWord(text) ? text : "*";
    }

    private static string HostOf(EndPoint peer)
    {
        if (peer is not IPEndPoint { Address: var address })
            return "localhost"; // a UNIX socket
        string text = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        return text.StartsWith(':') ? "0" + text : text; // no word begins with a colon
    }
}
