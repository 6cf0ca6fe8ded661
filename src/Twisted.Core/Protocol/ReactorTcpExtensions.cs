namespace Twisted.Internet;

/// <summary>Listening with a lambda instead of a factory.</summary>
public static class ReactorTcpExtensions
{
    extension(IReactorTcp reactor)
    {
        /// <summary>Listens on a port; each connection gets a protocol from the lambda.</summary>
        /// <param name="port">0 to 65535.</param>
        /// <param name="build">Makes a protocol.</param>
        /// <param name="address">The local address; empty for every IPv4 one.</param>
        /// <exception cref="CannotListenException">The port cannot be had.</exception>
        public IListeningPort ListenTcp(int port, Func<IProtocol> build, string address = "")
        {
            ArgumentNullException.ThrowIfNull(reactor);
            return reactor.ListenTcp(port, Factory.For(build), address);
        }
    }
}
