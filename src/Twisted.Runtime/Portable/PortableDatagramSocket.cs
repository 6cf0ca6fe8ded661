using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// A UDP socket over .NET's sockets. A receive that only looks, without a buffer, completes when there is a datagram or
/// an error of the network; either is for one call of <see cref="Receive"/>, and none closes the socket.
/// </summary>
internal sealed class PortableDatagramSocket : PortableSource, IDatagramDriver
{
    private readonly Operation _receiving;
    private readonly EndPoint _anybody;
    private SocketError? _refused; // heard by the receive that looks, not yet by the port
    private Action? _readableListener;
    private bool _readable;        // until a receive has found nothing
    private bool _connected;

    private PortableDatagramSocket(CompletionQueue queue, Socket socket) : base(queue, socket)
    {
        _receiving = WaitingForBytes(SocketFlags.Peek); // without Peek, Windows takes the datagram and drops it
        Host = socket.LocalEndPoint!;
        _anybody = new IPEndPoint(
            socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
    }

    public EndPoint Host { get; private set; }

    public OsFailure Failure { get; private set; }

    internal static PortableDatagramSocket Open(CompletionQueue queue, IPEndPoint address)
    {
        Socket? socket = null;
        try
        {
            socket = Open(address, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(address);
            return new PortableDatagramSocket(queue, socket);
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            throw FailureText.Listening(address.Address.ToString(), address.Port, SocketFailure.Of(failure));
        }
    }

    public void SetListener(Action? readable)
    {
        _readableListener = readable;
        Watch();
    }

    private void Watch()
    {
        if (_readableListener is null || IsClosed)
            return;
        if (!_readable && !_receiving.IsPending)
        {
            _receiving.Begin(Socket, static (socket, operation) => socket.ReceiveAsync(operation));
            if (!_receiving.IsPending)
                NoteReadable();
        }
        if (_readable)
            Queue.Ready(this);
    }

    private void NoteReadable()
    {
        _readable = true;
        // Windows says that a datagram is longer than no buffer at all.
        if (_receiving.Error is not (SocketError.Success or SocketError.MessageSize))
            _refused = _receiving.Error;
    }

    internal override void Ended(Operation operation)
    {
        if (IsClosed)
            return;
        NoteReadable();
        if (_readableListener is not null)
            Queue.Ready(this);
    }

    public override void Raise()
    {
        if (_readable)
            _readableListener?.Invoke();
        Watch();
    }

    public void Connect(IPEndPoint peer)
    {
        try
        {
            Socket.Connect(peer);
            _connected = true;
            Host = Socket.LocalEndPoint!;
        }
        catch (SocketException)
        {
            // No route: it stays as it was, and what is sent gets lost, as datagrams may.
        }
    }

    public int Receive(Span<byte> buffer, out IPEndPoint? from)
    {
        from = null;
        if (_refused is { } refused)
        {
            _refused = null;
            return Fail(SocketFailure.Of(refused));
        }
        // Asked first: .NET would tell by an exception that there is nothing.
        if (!Socket.Poll(0, SelectMode.SelectRead))
            return Nothing();
        EndPoint sender = _anybody;
        try
        {
            int count = Socket.ReceiveFrom(buffer, SocketFlags.None, ref sender);
            from = (IPEndPoint)sender;
            return count;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.MessageSize)
        {
            from = (IPEndPoint)sender; // Windows; elsewhere the rest is dropped without a word
            return buffer.Length;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.WouldBlock)
        {
            return Nothing(); // its checksum was wrong
        }
        catch (SocketException failure)
        {
            return Fail(SocketFailure.Of(failure));
        }
    }

    public int Send(ReadOnlySpan<byte> data, IPEndPoint? to)
    {
        try
        {
            return to is null ? Socket.Send(data, SocketFlags.None) : Socket.SendTo(data, SocketFlags.None, to);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.WouldBlock)
        {
            return ISocketDriver.WouldBlock;
        }
        catch (SocketException failure)
        {
            return Fail(SocketFailure.Of(failure));
        }
    }

    public void Close()
    {
        if (!IsClosed)
            CloseSocket(reset: false, _receiving);
    }

    private int Nothing()
    {
        _readable = false;
        return ISocketDriver.WouldBlock;
    }

    /// <summary>
    /// Windows calls a refusal a reset, and reports that of any peer, also to a socket that is not connected: for
    /// those it is nothing, as it is on Linux.
    /// </summary>
    private int Fail(OsFailure failure)
    {
        if (failure.Kind == SocketError.ConnectionReset)
            failure = failure with { Kind = _connected ? SocketError.ConnectionRefused : SocketError.ConnectionReset };
        Failure = failure;
        return ISocketDriver.Failed;
    }
}
