using System.Net;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>A connection whose ends are those that its header told.</summary>
internal sealed class ProxyConnection(IProtocol inner, ProxyHeader header, EndPoint peer) : ProtocolWrapper(inner)
{
    public override EndPoint Peer => peer;

    public override EndPoint Host => header.Destination ?? base.Host;

    public override T? Get<T>() where T : class => header as T ?? base.Get<T>();
}
