namespace Twisted.Internet;

/// <summary>What transports ask of protocols.</summary>
public static class ProtocolExtensions
{
    extension(IProtocol protocol)
    {
        /// <summary>An ability of this protocol, or, through a wrapper, of the one it wraps; or null.</summary>
        /// <typeparam name="T">Its interface, such as <see cref="IHalfCloseableProtocol"/>.</typeparam>
        public T? Ability<T>() where T : class =>
            protocol is IProtocolAbilities wrapper ? wrapper.Ability<T>() : protocol as T;
    }
}
