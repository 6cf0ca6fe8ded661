namespace Twisted.Internet;

/// <summary>
/// A protocol that says itself what it can do besides <see cref="IProtocol"/>: a wrapper can what it wraps can.
/// </summary>
/// <remarks>
/// Transports ask <c>protocol.Ability&lt;IHalfCloseableProtocol&gt;()</c> instead of testing the type. Twisted: a
/// wrapper <c>directlyProvides</c> the interfaces of its protocol.
/// </remarks>
public interface IProtocolAbilities
{
    /// <summary>An ability, or null.</summary>
    /// <typeparam name="T">
    /// Its interface, such as <see cref="IHalfCloseableProtocol"/> or <see cref="IHandshakeListener"/>.
    /// </typeparam>
    T? Ability<T>() where T : class;
}
