namespace Twisted.Internet;

/// <summary>Somewhere to connect to. Twisted: <c>IStreamClientEndpoint</c>.</summary>
public interface IStreamClientEndpoint
{
    /// <summary>
    /// Connects. Fires when the protocol is connected; fails with a <see cref="ConnectException"/>. An
    /// <see cref="IClientFactory"/> hears of failure and loss as well. Cancel it to end the attempt.
    /// </summary>
    /// <param name="factory">What builds the protocol.</param>
    Deferred<IProtocol> Connect(IProtocolFactory factory);
}
