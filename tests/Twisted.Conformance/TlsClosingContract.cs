using System.Net;

namespace Twisted.Conformance;

/// <summary>The ends of a stream are over TLS what they are over TCP.</summary>
public abstract class TlsClosingContract : ClosingContract
{
    protected override IListeningPort Listen(IReactor reactor, IProtocolFactory factory) =>
        TlsPeers.Listen(reactor, factory);

    protected override IConnector Dial(IReactor reactor, EndPoint address, IClientFactory factory) =>
        TlsPeers.Dial(reactor, address, factory);
}
