using System.Net;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Reads the header of one connection, within its deadline, then passes everything on.</summary>
internal sealed class ProxyHeaderReader(ProxyProtocolFactory factory) : IProtocol, IProtocolAbilities
{
    private ProxyHeaderParser? _parser = new(factory.Options.MaxTlvLength);
    private ITransport? _transport;
    private IDelayedCall? _deadline;
    private IProtocol? _connection;

    private ITransport Transport => _transport!; // there from MakeConnection on

    public void MakeConnection(ITransport transport)
    {
        _transport = transport;
        if (!factory.Options.Trusts(transport.Peer))
        {
            Refuse("it is no trusted source");
            return;
        }
        _deadline = transport.GetRequired<IReactorTime>().CallLater(factory.Options.HeaderTimeout, TakesTooLong);
    }

    public void DataReceived(ReadOnlySpan<byte> data)
    {
        if (_connection is not null)
        {
            _connection.DataReceived(data);
            return;
        }
        if (_parser is not { } parser)
            return; // refused
        int used = parser.Feed(data);
        if (parser.Error is { } error)
            Refuse(error);
        else if (parser.Header is { } header)
            Begin(header, data[used..]);
    }

    public void ConnectionLost(Exception reason)
    {
        _deadline?.Cancel();
        _connection?.ConnectionLost(reason);
    }

    T? IProtocolAbilities.Ability<T>() where T : class => _connection?.Ability<T>();

    private void TakesTooLong() =>
        Refuse($"it was not complete after {factory.Options.HeaderTimeout.TotalSeconds} seconds");

    private void Refuse(string why)
    {
        _deadline?.Cancel();
        _parser = null;
        if (Transport.Get<ILayerHost>() is { } host && factory.Refusals.Count(host.Now) is > 0 and int count)
            ProxyLog.Refused(host.Log, Transport.Peer, why, count);
        Transport.AbortConnection();
    }

    private void Begin(ProxyHeader header, ReadOnlySpan<byte> rest)
    {
        _deadline?.Cancel();
        _parser = null;
        EndPoint peer = header.Source ?? Transport.Peer;
        if (factory.Inner.BuildProtocol(peer) is not { } protocol)
        {
            Transport.LoseConnection();
            return;
        }
        _connection = new ProxyConnection(protocol, header, peer);
        _connection.MakeConnection(Transport);
        if (!rest.IsEmpty && !Transport.IsDisconnecting)
            _connection.DataReceived(rest);
    }
}
