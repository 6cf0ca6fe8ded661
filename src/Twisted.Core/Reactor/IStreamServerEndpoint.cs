namespace Twisted.Internet;

/// <summary>Somewhere to listen. Twisted: <c>IStreamServerEndpoint</c>.</summary>
public interface IStreamServerEndpoint
{
    /// <summary>Listens. Fails with <see cref="CannotListenException"/>.</summary>
    /// <param name="factory">What builds the protocols.</param>
    Deferred<IListeningPort> Listen(IProtocolFactory factory);
}
