namespace Twisted.Internet;

/// <summary>Connecting with a protocol instead of a factory. Twisted: <c>connectProtocol</c>.</summary>
public static class StreamClientEndpointExtensions
{
    extension(IStreamClientEndpoint endpoint)
    {
        /// <summary>Connects a protocol that is made when the connection is there.</summary>
        /// <typeparam name="P">Its type.</typeparam>
        /// <param name="build">Makes it.</param>
        /// <returns>Fires with the protocol, connected.</returns>
        public Deferred<P> Connect<P>(Func<P> build) where P : IProtocol
        {
            ArgumentNullException.ThrowIfNull(endpoint);
            ArgumentNullException.ThrowIfNull(build);
            return endpoint.Connect(Factory.For(() => build())).AddCallback(protocol => (P)protocol);
        }

        /// <summary>Connects this protocol.</summary>
        /// <typeparam name="P">Its type.</typeparam>
        /// <param name="protocol">The protocol; it can be connected once.</param>
        /// <returns>Fires with the protocol, connected.</returns>
        public Deferred<P> ConnectProtocol<P>(P protocol) where P : IProtocol
        {
            ArgumentNullException.ThrowIfNull(protocol);
            return endpoint.Connect(() => protocol);
        }
    }
}
