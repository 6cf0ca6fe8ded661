namespace Twisted.Internet;

/// <summary>What every datagram port can do because it can be asked.</summary>
public static class DatagramTransportExtensions
{
    extension(IDatagramTransport transport)
    {
        /// <summary>An ability of this port, such as <see cref="IMulticastTransport"/>; throws without it.</summary>
        /// <typeparam name="T">The ability's interface.</typeparam>
        /// <exception cref="NotSupportedException">The port cannot do it.</exception>
        public T GetRequired<T>() where T : class =>
            transport.Get<T>() ?? throw new NotSupportedException(
                $"This port ({transport.GetType().Name}) has no {typeof(T).Name}.");
    }
}
