using System.Net;

namespace Twisted.Conformance;

/// <summary>The rules of a stream transport hold over TLS as they do over TCP.</summary>
public abstract class TlsStreamContract : StreamContract
{
    protected override IListeningPort Listen(IReactor reactor, IProtocolFactory factory) =>
        TlsPeers.Listen(reactor, factory);

    protected override IConnector Dial(IReactor reactor, EndPoint address, IClientFactory factory) =>
        TlsPeers.Dial(reactor, address, factory);
}
