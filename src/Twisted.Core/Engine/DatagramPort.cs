using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>A datagram port. An error of one peer never closes it.</summary>
internal sealed class DatagramPort : IListeningPort, IDatagramTransport, IOpenPort
{
    /// <summary>Bytes read in one go at the most, so that a flood of datagrams does not starve the rest.</summary>
    private const int MostBytes = 256 * 1024;

    private readonly ReactorBase _reactor;
    private readonly Func<IDatagramDriver> _open;
    private readonly IDatagramProtocol _protocol;
    private readonly int _maxPacketSize;
    private IDatagramDriver? _socket;
    private IPEndPoint? _peer;
    private EndPoint? _host;

    internal DatagramPort(ReactorBase reactor, Func<IDatagramDriver> open, IDatagramProtocol protocol,
        int maxPacketSize)
    {
        _reactor = reactor;
        _open = open;
        _protocol = protocol;
        _maxPacketSize = Math.Min(maxPacketSize, ReactorBase.ReceiveBufferSize);
    }

    public EndPoint Host => _host ?? throw new InvalidOperationException("This port has never been open.");

    public void StartListening()
    {
        if (_socket is not null)
            throw new InvalidOperationException($"The port {_host} is open already.");
        _socket = _open();
        _host = _socket.Host;
        _reactor.Ports.Add(this);
        EngineLog.PortOpened(_reactor.Log, _protocol, _host);
        _protocol.MakeConnection(this);
        _socket?.SetListener(ReceiveAll);
    }

    public void Write(ReadOnlySpan<byte> data, IPEndPoint peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (_peer is not null && !_peer.Equals(peer))
            throw new InvalidOperationException($"This port is connected to {_peer}: it cannot write to {peer}.");
        Send(data, _peer is null ? peer : null);
    }

    public void Write(ReadOnlySpan<byte> data)
    {
        if (_peer is null)
            throw new InvalidOperationException("This port is not connected: name the peer, or call Connect first.");
        Send(data, null);
    }

    public void Connect(IPEndPoint peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (_peer is not null)
            throw new InvalidOperationException($"This port is connected to {_peer} already.");
        _socket?.Connect(peer);
        _peer = peer;
    }

    public Deferred StopListening()
    {
        if (_socket is null)
            return Deferred.Succeed();
        Release();
        var closing = new Deferred();
        _reactor.CallFromThread(() =>
        {
            StopProtocol();
            closing.Callback();
        });
        return closing;
    }

    public void CloseNow()
    {
        if (_socket is null)
            return;
        Release();
        StopProtocol();
    }

    public ValueTask DisposeAsync() => new(StopListening().AsTask());

    public T? Get<T>() where T : class => this as T ?? _socket as T;

    private void Send(ReadOnlySpan<byte> data, IPEndPoint? to)
    {
        if (_socket is null)
            return;
        int count = _socket.Send(data, to);
        if (count != ISocketDriver.Failed)
            return; // sent, or dropped because the network is busy, as datagrams may be
        switch (_socket.Failure.Kind)
        {
            case SocketError.MessageSize:
                throw new MessageLengthException(
                    $"A datagram of {data.Length} bytes is longer than the network carries.");
            case SocketError.ConnectionRefused:
                _reactor.CallFromThread(Refused); // the answer to an earlier datagram
                break;
        }
    }

    private void ReceiveAll()
    {
        int total = 0;
        while (total < MostBytes && _socket is { } socket)
        {
            Span<byte> buffer = _reactor.ReceiveBuffer.AsSpan(0, _maxPacketSize);
            int count = socket.Receive(buffer, out IPEndPoint? from);
            if (count == ISocketDriver.WouldBlock)
                break;
            if (count == ISocketDriver.Failed)
            {
                if (socket.Failure.Kind == SocketError.ConnectionRefused)
                    Refused();
                break;
            }
            total += Math.Max(count, 1);
            try
            {
                _protocol.DatagramReceived(buffer[..count], from ?? _peer!);
            }
            catch (Exception failure)
            {
                _reactor.Report(failure, "DatagramReceived");
            }
            _reactor.Flush(); // a transport may have been lent the buffer that the next datagram comes into
        }
        _reactor.Flush();
    }

    private void Refused()
    {
        try
        {
            _protocol.ConnectionRefused();
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "ConnectionRefused");
        }
    }

    private void Release()
    {
        _socket!.SetListener(null);
        _socket.Close();
        _socket = null;
        _reactor.Ports.Remove(this);
    }

    private void StopProtocol()
    {
        try
        {
            _protocol.DoStop();
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "StopProtocol");
        }
    }
}
