using System.Net;
using Twisted.Testing;

namespace Twisted.Conformance;

/// <summary>The rules of a stream transport hold over TLS as they do over TCP.</summary>
public abstract class TlsStreamContract : StreamContract
{
    private static readonly TestAuthority Authority = new();

    protected override IListeningPort Listen(IReactor reactor, IProtocolFactory factory) => reactor.ListenTls(
        0, factory, TlsOptions.OptionsForServerTls(Authority.Issue("localhost")), "127.0.0.1");

    protected override IConnector Dial(IReactor reactor, EndPoint address, IClientFactory factory) =>
        reactor.ConnectTls("127.0.0.1", address.Port, factory,
            TlsOptions.OptionsForClientTls("localhost", Authority.TrustRoot));
}
