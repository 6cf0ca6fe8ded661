using System.Net.Security;

namespace Twisted.Internet;

/// <summary>TLS in one line. Twisted: <c>listenSSL</c> and <c>connectSSL</c>.</summary>
public static class ReactorTlsExtensions
{
    extension(IReactorTcp reactor)
    {
        /// <summary>Listens on a TCP port and speaks TLS there.</summary>
        /// <param name="port">0 to 65535; 0 takes a free one.</param>
        /// <param name="factory">What builds the protocols.</param>
        /// <param name="options">The BCL's options: certificate, ALPN, client certificates.</param>
        /// <param name="address">The local address; empty for every IPv4 one.</param>
        public IListeningPort ListenTls(int port, IProtocolFactory factory, SslServerAuthenticationOptions options,
            string address = "") => reactor.ListenTcp(port, new TlsFactory(factory, options), address);

        /// <summary>The same with protocols that need no factory of their own.</summary>
        /// <param name="port">0 to 65535; 0 takes a free one.</param>
        /// <param name="build">Builds the protocol of each connection.</param>
        /// <param name="options">The BCL's options: certificate, ALPN, client certificates.</param>
        /// <param name="address">The local address; empty for every IPv4 one.</param>
        public IListeningPort ListenTls(int port, Func<IProtocol> build, SslServerAuthenticationOptions options,
            string address = "") => reactor.ListenTls(port, Factory.For(build), options, address);

        /// <summary>Connects to a TCP port and speaks TLS there.</summary>
        /// <param name="host">A name or an address.</param>
        /// <param name="port">1 to 65535.</param>
        /// <param name="factory">What builds the protocol.</param>
        /// <param name="options">The BCL's options; unless given, this machine's authorities are trusted.</param>
        public IConnector ConnectTls(string host, int port, IClientFactory factory,
            SslClientAuthenticationOptions? options = null) =>
            reactor.ConnectTcp(host, port, new TlsFactory(factory, options ?? TlsOptions.OptionsForClientTls(host)));
    }
}
