using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

#pragma warning disable CA1001 // its operations are disposed by Close, the one end that a driver's socket has

/// <summary>A TCP or UNIX connection over .NET's sockets.</summary>
/// <remarks>
/// Reading: a receive without a buffer completes when there is something to read. Writing: a send that takes less than
/// all leaves its next byte behind as a send of its own (an empty send would complete at once), and the socket is
/// writable when that has gone. The engine is not told of the byte before it has gone: its next send begins with it.
/// </remarks>
internal sealed partial class PortableSocket : PortableSource, ISocketDriver
{
    private readonly byte[] _probe = new byte[1];
    private Operation? _receiving;
    private Operation? _sending; // the attempt to connect first, then the byte that waits
    private EndPoint? _host;
    private ISocketEvents? _events;
    private OsFailure? _broken;  // the system tells it once only, and perhaps to a receive that nobody waits for
    private bool _wantsRead;
    private bool _wantsWrite;
    private bool _readable;      // until a receive has found nothing
    private bool _byteHasGone;   // the first byte of the next send has been sent already
    private bool _connected;
    private bool _wasReset;      // before the attempt to connect was told: what came before that can still be read

    private PortableSocket(CompletionQueue queue, Socket socket, EndPoint peer) : base(queue, socket) => Peer = peer;

    public EndPoint Peer { get; }

    public EndPoint Host => _host ?? new IPEndPoint(IPAddress.Any, 0);

    public OsFailure Failure => _broken ?? default;

    public bool NoDelay
    {
        get => GetNumber(SocketOptionLevel.Tcp, SocketOptionName.NoDelay) != 0;
        set => SetNumber(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, value ? 1 : 0);
    }

    public bool KeepAlive
    {
        get => GetNumber(SocketOptionLevel.Socket, SocketOptionName.KeepAlive) != 0;
        set => SetNumber(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, value ? 1 : 0);
    }

    private bool CanRead => _wantsRead && _readable && !IsClosed;

    private bool CanWrite => _wantsWrite && _sending is not { IsPending: true } && !IsClosed;

    /// <summary>A connection that was accepted.</summary>
    /// <exception cref="SocketException">It has gone again.</exception>
    internal static PortableSocket Accepted(CompletionQueue queue, Socket socket)
    {
        var accepted = new PortableSocket(queue, socket, socket.RemoteEndPoint!)
        {
            _connected = true,
            _host = socket.LocalEndPoint,
        };
        if (accepted.Peer is IPEndPoint)
            accepted.NoDelay = true;
        return accepted;
    }

    internal static PortableSocket Connect(CompletionQueue queue, EndPoint remote, IPEndPoint? bind)
    {
        Socket? socket = null;
        try
        {
            socket = Open(remote, SocketType.Stream, ProtocolType.Tcp);
            if (remote is IPEndPoint)
                socket.NoDelay = true;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            throw FailureText.Connecting(SocketFailure.Of(failure));
        }
        try
        {
            if (bind is not null)
                socket.Bind(bind);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw FailureText.Binding(bind!, SocketFailure.Of(failure));
        }
        var connecting = new PortableSocket(queue, socket, remote);
        connecting.BeginToConnect(remote);
        return connecting;
    }

    private void BeginToConnect(EndPoint remote)
    {
        _sending = new Operation(Queue, this) { RemoteEndPoint = remote };
        _sending.Begin(Socket, static (socket, operation) => socket.ConnectAsync(operation));
    }

    public bool FinishConnecting()
    {
        SocketError error = _sending!.Error;
        _sending.Dispose();
        _sending = null;
        // A refused attempt is refused, never reset: this one was made, and then the peer went.
        _wasReset = error is SocketError.ConnectionReset or SocketError.Shutdown;
        if (_wasReset)
            error = SocketError.Success;
        if (error == SocketError.Success)
        {
            _host = Socket.LocalEndPoint;
            // TCP lets a socket connect to itself when the port asked for is free and happens to be its own.
            if (Peer is IPEndPoint && Host.Equals(Peer))
                error = SocketError.ConnectionRefused;
        }
        _connected = error == SocketError.Success;
        if (!_connected)
            _broken = SocketFailure.Of(error);
        return _connected;
    }

    public bool SetInterest(ISocketEvents events, bool read, bool write)
    {
        _events = events;
        _wantsRead = read;
        _wantsWrite = write;
        Watch();
        return true;
    }

    /// <summary>Waits for what is wanted and not known to be there; what is there is for the next poll.</summary>
    private void Watch()
    {
        if (_wantsRead && !_readable && !IsClosed && _receiving is not { IsPending: true })
        {
            _receiving ??= WaitingForBytes(SocketFlags.None);
            _receiving.Begin(Socket, static (socket, operation) => socket.ReceiveAsync(operation));
            if (!_receiving.IsPending)
                NoteReadable();
        }
        if (CanRead || CanWrite)
            Queue.Ready(this);
    }

    private void NoteReadable()
    {
        _readable = true;
        if (_receiving!.Error != SocketError.Success)
            Break(_receiving.Error);
    }

    internal override void Ended(Operation operation)
    {
        if (IsClosed)
            return;
        if (ReferenceEquals(operation, _receiving))
            NoteReadable();
        else if (_connected)
            NoteProbe();
        if (CanRead || CanWrite)
            Queue.Ready(this);
    }

    public override void Raise()
    {
        if (CanRead)
            _events!.OnReadable();
        if (CanWrite)
            _events!.OnWritable();
        Watch();
    }

    public int Receive(Span<byte> buffer)
    {
        if (_broken is not null)
            return ISocketDriver.Failed;
        int count = Socket.Receive(buffer, SocketFlags.None, out SocketError error);
        if (error == SocketError.Success && count == 0 && _wasReset)
            error = SocketError.ConnectionReset;
        if (error == SocketError.Success)
        {
            // A full buffer has probably left something behind; the end of the stream stays where it is.
            _readable = count == buffer.Length || count == 0;
            return count;
        }
        if (error != SocketError.WouldBlock)
            return Break(error);
        _readable = false;
        return ISocketDriver.WouldBlock;
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        if (_broken is not null)
            return ISocketDriver.Failed;
        if (_sending is { IsPending: true })
            return ISocketDriver.WouldBlock;
        int taken = _byteHasGone ? 1 : 0;
        _byteHasGone = false;
        if (taken < data.Length)
        {
            int count = Socket.Send(data[taken..], SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
                taken += count;
            else if (error != SocketError.WouldBlock)
                return Break(error);
        }
        if (taken < data.Length)
            SendByte(data[taken]);
        return taken > 0 ? taken : ISocketDriver.WouldBlock;
    }

    /// <summary>The byte that tells when there is room again.</summary>
    private void SendByte(byte next)
    {
        _probe[0] = next;
        if (_sending is null)
        {
            _sending = new Operation(Queue, this);
            _sending.SetBuffer(_probe);
        }
        _sending.Begin(Socket, static (socket, operation) => socket.SendAsync(operation));
        if (!_sending.IsPending)
            NoteProbe();
    }

    private void NoteProbe()
    {
        if (_sending!.Error == SocketError.Success)
            _byteHasGone = true;
        else
            Break(_sending.Error);
    }

    public void ShutdownSend()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is broken: the next receive or send says so.
        }
    }

    public void Close(bool abort)
    {
        if (IsClosed)
            return;
        // .NET resets a connection whose operations it has to cancel, unless it was shut down before.
        if (!abort && _connected)
            ShutdownSend();
        CloseSocket(reset: abort, _receiving, _sending);
    }

    private int Break(SocketError error)
    {
        _broken ??= SocketFailure.Of(error);
        return ISocketDriver.Failed;
    }

    private int GetNumber(SocketOptionLevel level, SocketOptionName name)
    {
        try
        {
            return IsClosed ? 0 : (int)Socket.GetSocketOption(level, name)!;
        }
        catch (SocketException)
        {
            return 0; // it is broken: nothing to say about it
        }
    }

    private void SetNumber(SocketOptionLevel level, SocketOptionName name, int value)
    {
        try
        {
            if (!IsClosed)
                Socket.SetSocketOption(level, name, value);
        }
        catch (SocketException)
        {
            // as above
        }
    }
}
