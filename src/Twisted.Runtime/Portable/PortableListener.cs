using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

#pragma warning disable CA1001 // its operations are disposed by Close, the one end that a driver's socket has

/// <summary>
/// A listening TCP or UNIX socket over .NET's sockets. One accept is always under way while somebody listens: there is
/// no other way to hear of a client. What it brings waits here until it is taken.
/// </summary>
internal sealed class PortableListener : PortableSource, IListenDriver
{
    private readonly UnixSocketFile? _file;
    private readonly Operation _accepting;
    private bool _ended; // the accept has, and its result was not taken
    private Action? _acceptable;

    /// <summary>A socket that listens already.</summary>
    internal PortableListener(
        CompletionQueue queue, Socket socket, UnixSocketFile? file = null) : base(queue, socket)
    {
        _file = file;
        _accepting = new Operation(queue, this);
        Host = socket.LocalEndPoint!;
    }

    public EndPoint Host { get; }

    internal static PortableListener Open(CompletionQueue queue, IPEndPoint address, TcpListenOptions options)
    {
        Socket? socket = null;
        try
        {
            socket = Open(address, SocketType.Stream, ProtocolType.Tcp);
            if (options.ReusePort)
                SharePort(socket);
            socket.Bind(address); // .NET sets SO_REUSEADDR where that means what it does on Linux
            socket.Listen(options.Backlog);
            return new PortableListener(queue, socket);
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            string host = address.Address.Equals(IPAddress.Any) ? "" : address.Address.ToString();
            throw FailureText.Listening(host, address.Port, SocketFailure.Of(failure));
        }
    }

    internal static PortableListener Open(
        CompletionQueue queue, UnixDomainSocketEndPoint address, UnixListenOptions options)
    {
        UnixSocketFile file = UnixSocketFile.Claim(address, options.LockFile);
        Socket socket = Open(address, SocketType.Stream, file, options.Mode);
        socket.Listen(options.Backlog);
        return new PortableListener(queue, socket, file);
    }

    /// <summary>The name that .NET has for SO_REUSEPORT. On Windows it would let anybody take the port over.</summary>
    private static void SharePort(Socket socket)
    {
        if (OperatingSystem.IsWindows())
            throw new SocketException((int)SocketError.OperationNotSupported);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
    }

    public void SetListener(Action? acceptable)
    {
        _acceptable = acceptable;
        Watch();
    }

    private void Watch()
    {
        if (_acceptable is null || IsClosed)
            return;
        BeginToAccept();
        if (_ended)
            Queue.Ready(this);
    }

    private void BeginToAccept()
    {
        if (_ended || _accepting.IsPending)
            return;
        _accepting.Begin(Socket, static (socket, operation) => socket.AcceptAsync(operation));
        _ended = !_accepting.IsPending;
    }

    internal override void Ended(Operation operation)
    {
        if (IsClosed)
        {
            operation.Abandon();
            return;
        }
        _ended = true;
        if (_acceptable is not null)
            Queue.Ready(this);
    }

    public override void Raise()
    {
        if (_ended)
            _acceptable?.Invoke();
        Watch();
    }

    public AcceptResult Accept(out ISocketDriver? socket)
    {
        socket = null;
        BeginToAccept();
        if (!_ended)
            return AcceptResult.WouldBlock;
        if (_accepting.Error == SocketError.Success && !SpareDescriptors.AreLeftBy(_accepting.AcceptSocket!.Handle))
            return AcceptResult.Exhausted; // Refuse takes it
        if (Take() is not { } accepted)
            return Meaning(_accepting.Error);
        try
        {
            socket = PortableSocket.Accepted(Queue, accepted);
            return AcceptResult.Accepted;
        }
        catch (SocketException)
        {
            accepted.Dispose();
            return AcceptResult.Gone;
        }
    }

    /// <summary>What ended the accept: null when it failed.</summary>
    private Socket? Take()
    {
        _ended = false;
        Socket? accepted = _accepting.AcceptSocket;
        _accepting.AcceptSocket = null;
        if (_accepting.Error == SocketError.Success)
            return accepted;
        accepted?.Dispose(); // Windows makes it beforehand
        return null;
    }

    /// <summary>
    /// An error of the one client, or one that stays: what is not known is taken for the latter, since a port that
    /// rests in vain does less harm than one that spins.
    /// </summary>
    private static AcceptResult Meaning(SocketError error) => error switch
    {
        SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted
            or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown
            or SocketError.HostUnreachable or SocketError.TimedOut or SocketError.ProtocolOption
            or SocketError.OperationNotSupported => AcceptResult.Gone,
        _ => AcceptResult.Exhausted,
    };

    public bool Refuse()
    {
        if (!_ended || Take() is not { } refused)
            return false;
        refused.Dispose();
        return true;
    }

    public void Close()
    {
        if (IsClosed)
            return;
        _file?.Release(); // first: a name that refuses would be found otherwise
        if (_ended)
            _accepting.Abandon();
        CloseSocket(reset: false, _accepting);
    }
}
