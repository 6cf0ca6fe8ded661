using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// A datagram port: opening, receiving and closing, whatever its addresses are. An error of one peer never closes it.
/// </summary>
internal abstract class DatagramPort : IListeningPort, IOpenPort
{
    /// <summary>Bytes read in one go at the most, so that a flood of datagrams does not starve the rest.</summary>
    private const int MostBytes = 256 * 1024;

    private readonly Func<IDatagramDriver> _open;
    private readonly int _maxPacketSize;
    private readonly Action _receiveAll;
    private EndPoint? _host;
    private Deferred? _closing;

    protected DatagramPort(ReactorBase reactor, Func<IDatagramDriver> open, int maxPacketSize)
    {
        Loop = reactor;
        _open = open;
        _maxPacketSize = Math.Min(maxPacketSize, ReactorBase.ReceiveBufferSize);
        _receiveAll = ReceiveAll;
    }

    public EndPoint Host => _host ?? throw new InvalidOperationException("This port has never been open.");

    public IPassedOnSocket? PassedOn => Socket as IPassedOnSocket;

    protected ReactorBase Loop { get; }

    /// <summary>Null while it is closed.</summary>
    protected IDatagramDriver? Socket { get; private set; }

    /// <summary>Whom the log names.</summary>
    protected abstract object Owner { get; }

    public void StartListening()
    {
        if (Socket is not null)
            throw new InvalidOperationException($"The port {_host} is open already.");
        Loop.EnsureNotShutDown("listen");
        Socket = _open();
        _host = Socket.Host;
        Loop.Ports.Add(this);
        EngineLog.PortOpened(Loop.Log, Owner, _host);
        try
        {
            Begin();
        }
        catch
        {
            // A protocol that cannot start must not leave a port behind that nobody serves.
            if (Socket is not null)
                Release();
            throw;
        }
        Watch();
    }

    private void Watch()
    {
        if (Socket is null)
            return; // its protocol has closed it at once
        try
        {
            OpenPort.Watch(Socket.SetListener, Loop.Watched(_receiveAll, Owner, "datagrams"), _host!);
        }
        catch
        {
            CloseNow();
            throw;
        }
    }

    public Deferred StopListening()
    {
        if (Socket is null)
            return _closing ?? Deferred.Succeed();
        Release();
        var closing = new Deferred();
        _closing = closing;
        Loop.CallFromThread(() =>
        {
            _closing = null;
            StopProtocol();
            closing.Callback();
        });
        return closing;
    }

    public void CloseNow()
    {
        if (Socket is null)
            return;
        Release();
        StopProtocol();
    }

    public ValueTask DisposeAsync() => Loop.IsInReactorThread || !Loop.IsRunning
        ? new ValueTask(StopListening().AsTask())
        : new ValueTask(Loop.InvokeAsync(() => StopListening().AddCallback(() => true)));

    /// <summary>The socket is open: the protocol gets its transport.</summary>
    protected abstract void Begin();

    protected abstract void Deliver(ReadOnlySpan<byte> data, EndPoint? from);

    protected abstract void Refuse();

    protected abstract void Stop();

    /// <summary>Sends one datagram. A peer that is full, gone or out of reach loses it.</summary>
    /// <param name="data">Its bytes.</param>
    /// <param name="to">To whom; null is the connected peer.</param>
    protected void Send(ReadOnlySpan<byte> data, EndPoint? to)
    {
        if (Socket is null)
            return;
        int count = Socket.Send(data, to);
        if (count > 0)
            Loop.Bytes.DatagramsSent += count;
        if (count != ISocketDriver.Failed)
            return; // sent, or dropped because the network is busy, as datagrams may be
        switch (Socket.Failure.Kind)
        {
            case SocketError.MessageSize:
                throw new MessageLengthException(
                    $"A datagram of {data.Length} bytes is longer than the network carries.");
            case SocketError.AccessDenied:
                throw new InvalidOperationException(
                    $"Not allowed to send to {(object?)to ?? "its peer"}: {Socket.Failure.Text}. "
                    + "For a broadcast address set IUdpTransport.BroadcastAllowed first.");
            case SocketError.ConnectionRefused:
                Loop.CallFromThread(Refused); // the answer to an earlier datagram
                break;
        }
    }

    private void ReceiveAll()
    {
        int total = 0;
        while (total < MostBytes && Socket is { } socket)
        {
            Span<byte> buffer = Loop.ReceiveBuffer.AsSpan(0, _maxPacketSize);
            int count = socket.Receive(buffer, out EndPoint? from);
            if (count == ISocketDriver.WouldBlock)
                break;
            if (count == ISocketDriver.Failed)
            {
                if (socket.Failure.Kind == SocketError.ConnectionRefused)
                    Refused();
                break;
            }
            total += Math.Max(count, 1);
            Loop.Bytes.DatagramsReceived += count;
            try
            {
                Deliver(buffer[..count], from);
            }
            catch (Exception failure)
            {
                Loop.Report(failure, "DatagramReceived");
            }
            Loop.Flush(); // a transport may have been lent the buffer that the next datagram comes into
        }
        Loop.Flush();
    }

    private void Refused()
    {
        try
        {
            Refuse();
        }
        catch (Exception failure)
        {
            Loop.Report(failure, "ConnectionRefused");
        }
    }

    private void Release()
    {
        Socket!.SetListener(null);
        Socket.Close();
        Socket = null;
        Loop.Ports.Remove(this);
    }

    private void StopProtocol()
    {
        try
        {
            Stop();
        }
        catch (Exception failure)
        {
            Loop.Report(failure, "StopProtocol");
        }
    }
}
