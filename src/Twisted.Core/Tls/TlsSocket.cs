using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Twisted.Internet;

/// <summary>
/// TLS between two transports: a protocol to the one below, whose bytes are encrypted, and a socket to the one above,
/// whose rules of writing, losing, half closing and flow control are therefore those of every connection.
/// </summary>
/// <remarks>
/// Partials: this file is what it is and the handshake; Reading, Writing and Closing are what their names say.
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001",
    Justification = "What it owns is released when the transport below ends: a socket has no other end.")]
internal sealed partial class TlsSocket : ISocketDriver, IProtocol, IProtocolAbilities, ITlsInfo
{
    private readonly TlsSide _side;
    private readonly TlsLimits _limits;
    private readonly Deferred<ITlsInfo>? _agreed; // who called StartTls waits for it
    private ITransport? _below;
    private ILayerHost? _host;
    private TlsPipe? _pipe;
    private SslStream? _tls;
    private ISocketEvents? _events;
    private Exception? _failure;
    private IDelayedCall? _deadline; // of the handshake, later of the goodbye
    private Task? _handshake;
    private Action? _goOn;
    private int _working;            // calls of ours in which SslStream runs, inside each other
    private bool _hasAgreed;
    private bool _isGone;            // the transport below is
    private bool _isClosed;          // the transport above is

    /// <summary>For a new connection: its protocol gets a transport of its own above this.</summary>
    internal TlsSocket(TlsSide side, TlsLimits limits, IProtocol inner)
    {
        _side = side;
        _limits = limits;
        Inner = inner;
    }

    /// <summary>For STARTTLS: the transport above is there already.</summary>
    internal TlsSocket(TlsSide side, IProtocol inner, Deferred<ITlsInfo> agreed)
        : this(side, TlsLimits.Default, inner) => _agreed = agreed;

    /// <summary>The protocol that speaks through it.</summary>
    internal IProtocol Inner { get; }

    public X509Certificate2? PeerCertificate => _tls?.RemoteCertificate as X509Certificate2;

    public string? NegotiatedProtocol =>
        _tls?.NegotiatedApplicationProtocol is { Protocol.IsEmpty: false } agreed ? agreed.ToString() : null;

    public SslProtocols Version => _tls?.SslProtocol ?? SslProtocols.None;

    public EndPoint Host => Below.Host;

    public EndPoint Peer => Below.Peer;

    public OsFailure Failure => default; // nothing here is the operating system's

    public Exception Loss => _failure ?? new ConnectionLostException();

    public bool NoDelay
    {
        get => Below.Get<ITcpTransport>()?.NoDelay ?? false;
        set => Below.Get<ITcpTransport>()?.NoDelay = value;
    }

    public bool KeepAlive
    {
        get => Below.Get<ITcpTransport>()?.KeepAlive ?? false;
        set => Below.Get<ITcpTransport>()?.KeepAlive = value;
    }

    /// <summary>It is made over a connection that is up.</summary>
    public bool FinishConnecting() => true;

    private ITransport Below => _below!; // nobody has a reference to this before it is connected

    private ILayerHost Loop => _host!;

    private SslStream Tls => _tls!;

    T? ISocketDriver.Get<T>() where T : class =>
        typeof(T) == typeof(ITlsInfo) ? (_hasAgreed ? (T)(object)this : null)
        : typeof(T) == typeof(ITcpKeepAlive) || typeof(T) == typeof(IProxyHeader) ? Below.Get<T>()
        : null;

    /// <summary>Half close and the like are between the transport above and its protocol.</summary>
    T? IProtocolAbilities.Ability<T>() where T : class => null;

    // ---- The handshake ----

    void IProtocol.MakeConnection(ITransport transport)
    {
        _below = transport;
        _host = transport.Get<ILayerHost>() ?? throw new NotSupportedException(
            $"TLS needs a transport of a reactor, or a wrapper of one; {transport.GetType().Name} is neither.");
        _pipe = new TlsPipe(transport);
        _tls = new SslStream(_pipe, leaveInnerStreamOpen: true);
        _goOn = GoOn;
        _deadline = Loop.CallLater(_limits.HandshakeTimeout, HandshakeTakesTooLong);
        transport.RegisterProducer(this);
        if (_agreed is null)
            Loop.Open(this, Inner);
        if (!_isClosed)
            BeginHandshake();
    }

    private void BeginHandshake()
    {
        using (Working())
        {
            try
            {
                _handshake = _side.Authenticate(Tls);
            }
            catch (Exception failure) // the options contradict each other
            {
                _handshake = Task.FromException(failure);
            }
            _handshake.GetAwaiter().UnsafeOnCompleted(_goOn!);
        }
        Advance();
    }

    private void EndHandshake(Task handshake)
    {
        _deadline?.Cancel();
        if (!handshake.IsCompletedSuccessfully)
        {
            Fail(HandshakeFailure(handshake));
            return;
        }
        _hasAgreed = true;
        try
        {
            Inner.Ability<IHandshakeListener>()?.HandshakeCompleted(this);
        }
        catch (Exception failure)
        {
            Loop.Report(failure, "HandshakeCompleted");
            Fail(failure);
            return;
        }
        _agreed?.Callback(this);
        if (_wantsGoodbye)
            SayGoodbye();
        AwaitPlaintext();
        WatchBelow();
        RaiseWritable();
    }

    private TlsException HandshakeFailure(Task handshake)
    {
        Exception cause = handshake.Exception?.InnerException ?? new TaskCanceledException(handshake);
        string text = cause.InnerException is AuthenticationException or System.ComponentModel.Win32Exception
            ? $"{cause.Message} {cause.InnerException.Message}"
            : cause.Message;
        return new TlsException($"The TLS handshake {_side} failed: {text}", cause);
    }

    private void HandshakeTakesTooLong() => Fail(new TlsException(
        $"The TLS handshake {_side} has not ended in {_limits.HandshakeTimeout.TotalSeconds} seconds."));

    /// <summary>It cannot go on. The transport above is told when it listens.</summary>
    private void Fail(Exception failure)
    {
        if (_failure is not null)
            return;
        _failure = failure;
        _deadline?.Cancel();
        if (_agreed is { IsFired: false })
            _agreed.Errback(failure);
        RaiseWritable();
        RaiseReadable();
    }

    // ---- Where SslStream works ----

    /// <summary>What SslStream has waited for has come: sees what that makes possible.</summary>
    private void Advance()
    {
        if (_isClosed)
            return;
        if (!_hasAgreed && _failure is null && _handshake is { IsCompleted: true } handshake)
            EndHandshake(handshake);
        if (_isWaiting && _wait.IsCompleted)
            EndWait();
        if (_isFinishing)
        {
            Drop();
            RaiseWritable();
        }
        else
            RaiseReadable();
    }

    /// <summary>
    /// A step of SslStream's has ended: inside a call of ours, which then advances by itself, or elsewhere, when a
    /// callback of the user's in the options went there.
    /// </summary>
    private void GoOn()
    {
        if (!Loop.IsInReactorThread || _working == 0)
            Loop.CallFromThread(Advance);
    }

    private Step Working() => new(this);

    /// <summary>While it lasts SslStream may run: without a context, and its continuations are told apart.</summary>
    private readonly ref struct Step
    {
        private readonly NoContext _context;
        private readonly TlsSocket _socket;

        internal Step(TlsSocket socket)
        {
            _socket = socket;
            _context = new NoContext();
            socket._working++;
        }

        public void Dispose()
        {
            _socket._working--;
            _context.Dispose();
        }
    }
}
