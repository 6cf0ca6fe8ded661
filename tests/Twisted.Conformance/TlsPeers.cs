using System.Net;
using Twisted.Testing;

namespace Twisted.Conformance;

/// <summary>Both sides of a TLS connection that trust each other.</summary>
internal static class TlsPeers
{
    private static readonly TestAuthority Authority = new();

    internal static IListeningPort Listen(IReactor reactor, IProtocolFactory factory) => reactor.ListenTls(
        0, factory, TlsOptions.OptionsForServerTls(Authority.Issue("localhost")), "127.0.0.1");

    internal static IConnector Dial(IReactor reactor, EndPoint address, IClientFactory factory) =>
        reactor.ConnectTls("127.0.0.1", address.Port, factory,
            TlsOptions.OptionsForClientTls("localhost", Authority.TrustRoot));
}
