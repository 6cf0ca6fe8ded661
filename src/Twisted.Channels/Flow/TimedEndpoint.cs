namespace Twisted.Channels.Flow;

/// <summary>Gives up an attempt that takes too long: when a cut has healed, a new one is answered at once.</summary>
internal sealed class TimedEndpoint(IStreamClientEndpoint endpoint, TimeSpan timeout, IReactorTime clock)
    : IStreamClientEndpoint
{
    public Deferred<IProtocol> Connect(IProtocolFactory factory) =>
        endpoint.Connect(factory).AddTimeout(timeout, clock);
}
