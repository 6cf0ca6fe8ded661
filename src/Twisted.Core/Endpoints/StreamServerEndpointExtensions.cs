namespace Twisted.Internet;

/// <summary>Listening with a lambda instead of a factory.</summary>
public static class StreamServerEndpointExtensions
{
    extension(IStreamServerEndpoint endpoint)
    {
        /// <summary>Listens; each connection gets a protocol from the lambda.</summary>
        /// <param name="build">Makes a protocol.</param>
        public Deferred<IListeningPort> Listen(Func<IProtocol> build)
        {
            ArgumentNullException.ThrowIfNull(endpoint);
            return endpoint.Listen(Factory.For(build));
        }
    }
}
