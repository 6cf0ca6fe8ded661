using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// A UDP socket over .NET's sockets. A receive that only looks, without a buffer, completes when there is a datagram or
/// an error of the network; either is for one call of <see cref="Receive"/>, and none closes the socket.
/// </summary>
internal sealed partial class PortableDatagramSocket : PortableSource, IUdpSocket
{
    private readonly Operation _receiving;
    private readonly EndPoint _anybody;
    private readonly UnixSocketFile? _file;
    private SocketError? _refused; // heard by the receive that looks, not yet by the port
    private Action? _readableListener;
    private bool _readable;        // until a receive has found nothing
    private bool _connected;

    /// <summary>A socket that is bound already.</summary>
    internal PortableDatagramSocket(CompletionQueue queue, Socket socket, UnixSocketFile? file = null)
        : base(queue, socket)
    {
        _file = file;
        _receiving = WaitingForBytes(SocketFlags.Peek); // without Peek, Windows takes the datagram and drops it
        Host = socket.LocalEndPoint ?? SocketAddressBytes.Unnamed;
        _anybody = socket.AddressFamily switch
        {
            AddressFamily.Unix => SocketAddressBytes.Unnamed,
            AddressFamily.InterNetworkV6 => new IPEndPoint(IPAddress.IPv6Any, 0),
            _ => new IPEndPoint(IPAddress.Any, 0),
        };
    }

    public EndPoint Host { get; private set; }

    public OsFailure Failure { get; private set; }

    internal static PortableDatagramSocket Open(CompletionQueue queue, IPEndPoint address, bool isShared)
    {
        Socket? socket = null;
        try
        {
            socket = Open(address, SocketType.Dgram, ProtocolType.Udp);
            if (isShared)
                Share(socket);
            socket.Bind(address);
            return new PortableDatagramSocket(queue, socket);
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            throw FailureText.Listening(address.Address.ToString(), address.Port, SocketFailure.Of(failure));
        }
    }

    internal static PortableDatagramSocket Open(
        CompletionQueue queue, UnixDomainSocketEndPoint? address, UnixFileMode mode)
    {
        if (address is not null)
        {
            UnixSocketFile file = UnixSocketFile.Claim(address, lockFile: false);
            return new PortableDatagramSocket(queue, Open(address, SocketType.Dgram, file, mode), file);
        }
        try
        {
            return new PortableDatagramSocket(
                queue, new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified));
        }
        catch (SocketException failure)
        {
            throw FailureText.ListeningUnix(SocketAddressBytes.Unnamed, SocketFailure.Of(failure));
        }
    }

    /// <summary>
    /// Either option lets two in on Linux, but only if both have asked for the same one: programs differ in which.
    /// .NET's name stands for SO_REUSEPORT there.
    /// </summary>
    private static void Share(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(Linux.SOL_SOCKET, Linux.SO_REUSEADDR, BitConverter.GetBytes(1));
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

    public bool Connect(EndPoint peer)
    {
        try
        {
            Socket.Connect(peer);
        }
        catch (SocketException failure)
        {
            Failure = SocketFailure.Of(failure);
            return false;
        }
        _connected = true;
        Host = Socket.LocalEndPoint ?? Host;
        return true;
    }

    public int Receive(Span<byte> buffer, out EndPoint? from)
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
            from = sender;
            return count;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.MessageSize)
        {
            from = sender; // Windows; elsewhere the rest is dropped without a word
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

    public int Send(ReadOnlySpan<byte> data, EndPoint? to)
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
        if (IsClosed)
            return;
        _file?.Release();
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
