using System.Net;

namespace Twisted.Internet;

/// <summary>Gives a child's standard streams to protocols of connections.</summary>
/// <param name="reactor">The child's.</param>
/// <param name="name">The child's address.</param>
/// <param name="protocol">Hears standard output and writes to standard input.</param>
/// <param name="errors">Hears standard error, if anybody does.</param>
internal sealed class ProcessConnection(
    IReactorProcess reactor, EndPoint name, IProtocol protocol, IProtocol? errors) : ProcessProtocol
{
    private Exception? _failure; // out of the protocol: the connection ends with it
    private ProcessStream? _stream;
    private ProcessStream? _errorStream;

    /// <summary>Fires when the process has ended and everything that it wrote was heard. Never fails.</summary>
    internal Deferred<ProcessExit> Ended { get; } = new();

    protected override void ConnectionMade()
    {
        _stream = new ProcessStream(reactor, Transport, name, writes: true);
        try
        {
            protocol.MakeConnection(_stream);
        }
        catch
        {
            _stream.LoseConnection();
            throw; // reported by the process transport
        }
        finally
        {
            if (errors is not null)
            {
                _errorStream = new ProcessStream(reactor, Transport, name, writes: false);
                errors.MakeConnection(_errorStream);
            }
        }
    }

    protected override void ChildDataReceived(int childFd, ReadOnlySpan<byte> data)
    {
        if (_failure is not null)
            return;
        try
        {
            if (childFd == 1)
                protocol.DataReceived(data);
            else
                errors?.DataReceived(data);
        }
        catch (Exception failure)
        {
            _failure = failure;
            _stream!.LoseConnection();
            throw; // reported by the process transport
        }
    }

    protected override void ChildConnectionLost(int childFd)
    {
        if (_stream!.IsDisconnecting || protocol.Ability<IHalfCloseableProtocol>() is not { } halfCloseable)
            return;
        if (childFd == 0)
            halfCloseable.WriteConnectionLost();
        else if (childFd == 1)
            halfCloseable.ReadConnectionLost();
    }

    protected override void ProcessEnded(Exception reason)
    {
        Exception told = _failure ?? (reason is ProcessDoneException ? new ConnectionDoneException() : reason);
        try
        {
            _stream!.IsLost = true;
            protocol.ConnectionLost(told);
        }
        finally
        {
            if (_errorStream is not null)
            {
                _errorStream.IsLost = true;
                errors!.ConnectionLost(told);
            }
            Ended.Callback(ProcessExit.Of(reason));
        }
    }
}
