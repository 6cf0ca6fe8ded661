using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Words;

/// <summary>A client of IRC (RFC 1459, RFC 2812, IRCv3): override what you want to hear of.</summary>
/// <remarks>
/// <para>
/// It logs in when the connection is up, answers PING, and calls <see cref="SignedOn"/> when the server has accepted
/// it. TLS is a matter of the endpoint. With a clock there are deadlines: for the login, for the answers to our own
/// pings, and a rate for lines if you set one.
/// </para>
/// <para>
/// Nothing that a server sends ends the connection, but a line longer than any may be, a login that cannot succeed and
/// silence; then <see cref="FailureReason"/> says why. A callback that throws is logged, and the next message is read.
/// What cannot be sent (a CR, an LF or a NUL in it, too long) is refused with ArgumentException and nothing is sent.
/// Reactor thread only. Twisted: <c>twisted.words.protocols.irc.IRCClient</c>.
/// </para>
/// </remarks>
public abstract partial class IrcClient : IrcProtocol
{
    private readonly ILogger _log;
    private string _serverName = "";
    private IDelayedCall? _deadline; // of the login

    /// <summary>A client.</summary>
    /// <param name="nickname">The nickname that it asks for.</param>
    /// <param name="clock">The reactor; without it nothing has a deadline, a heartbeat or a rate.</param>
    /// <param name="log">Where failures of callbacks go; to the reactor's reports when it is not given.</param>
    protected IrcClient(string nickname, IReactorTime? clock = null, ILogger? log = null) : base(log)
    {
        ArgumentException.ThrowIfNullOrEmpty(nickname);
        Nickname = nickname;
        Clock = clock;
        _log = log ?? NullLogger.Instance;
        _wantedNickname = nickname;
    }

    /// <summary>The nickname: the one that is asked for, and from the login on what the server says.</summary>
    public string Nickname { get; private set; }

    /// <summary>Whether the server has accepted the login.</summary>
    public bool IsSignedOn { get; private set; }

    /// <summary>What the server has said of itself. Twisted: <c>supported</c>.</summary>
    public IrcServerFeatures Features { get; private set; } = new();

    /// <summary>Why we have ended the connection; null when we have not.</summary>
    public Exception? FailureReason { get; private set; }

    /// <summary>The clock, if there is one.</summary>
    protected IReactorTime? Clock { get; }

    /// <summary>The password of the server, sent before anything else; null for none.</summary>
    protected virtual string? ServerPassword => null;

    /// <summary>The name of the user, as it stands before the host; that of the nickname unless overridden.</summary>
    protected virtual string UserName => _wantedNickname;

    /// <summary>The name of the person; that of the nickname unless overridden.</summary>
    protected virtual string RealName => _wantedNickname;

    /// <summary>How long the login may take. One minute unless overridden.</summary>
    protected virtual TimeSpan LoginTimeout => TimeSpan.FromMinutes(1);

    /// <summary>The longest line that is read: the longest tags and the longest message.</summary>
    protected override int MaxLength => IrcLimits.ServerTags + IrcLimits.Message;

    /// <summary>Calls the method for a command. Override it, partial and marked, for more commands.</summary>
    /// <param name="command">A word or three digits.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether there is one.</returns>
    [CommandDispatch(IgnoreCase = true)]
    protected override partial bool Dispatch(ReadOnlySpan<byte> command, in IrcMessage message);

    /// <summary>Logs in. An override calls this one.</summary>
    protected override void ConnectionMade()
    {
        _deadline = Clock?.CallLater(LoginTimeout, static client => client.Abort(new IrcException(
            $"The server has not accepted the login within {client.LoginTimeout}.")), this);
        LogIn();
    }

    /// <summary>Ends what still waits. An override calls this one.</summary>
    /// <param name="reason">Why the connection is gone.</param>
    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        _deadline?.Cancel();
        StopHeartbeat();
        StopSending();
        FailQuestions(FailureReason ?? reason);
    }

    /// <summary>Drops every CR, then cuts lines.</summary>
    /// <param name="data">The next bytes.</param>
    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        if (!data.Contains((byte)'\r'))
        {
            base.DataReceived(data);
            return;
        }
        byte[] plain = ArrayPool<byte>.Shared.Rent(data.Length);
        try
        {
            int length = 0;
            foreach (Range piece in data.Split((byte)'\r'))
            {
                data[piece].CopyTo(plain.AsSpan(length));
                length += data[piece].Length;
            }
            base.DataReceived(plain.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    /// <inheritdoc/>
    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        HeardFromServer();
        base.LineReceived(line.Contains((byte)0x10)
            ? Encoding.Latin1.GetBytes(IrcCtcp.LowDequote(Encoding.Latin1.GetString(line)))
            : line);
    }

    /// <summary>No line may be so long: the connection is closed.</summary>
    /// <param name="line">What came of it.</param>
    protected override void LineLengthExceeded(ReadOnlySpan<byte> line) => Close(new IrcException(
        $"The server sent a line of more than {MaxLength} bytes. If it may, override MaxLength."));

    /// <summary>Ends the connection for a reason of ours, when what was written is sent.</summary>
    private void Close(Exception reason)
    {
        Failed(reason);
        Transport.LoseConnection();
    }

    /// <summary>Ends the connection for a reason of ours, at once: the peer may not be there any more.</summary>
    private void Abort(Exception reason)
    {
        Failed(reason);
        Transport.AbortConnection();
    }

    private void Failed(Exception reason)
    {
        FailureReason ??= reason;
        IrcLog.Closing(_log, reason.Message);
    }

    /// <summary>The nickname of a prefix: what stands before the first exclamation mark.</summary>
    private string NickOf(in IrcMessage message)
    {
        int end = message.Prefix.IndexOf((byte)'!');
        return Decoded(end < 0 ? message.Prefix : message.Prefix[..end]);
    }

    private bool IsMe(string nickname) => Features.CaseMapping.Equals(nickname, Nickname);
}
