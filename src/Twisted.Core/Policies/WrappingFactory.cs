using System.Net;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>
/// A factory around another, for servers and clients: every protocol of the inner one is wrapped, and the inner one
/// hears all that this one hears.
/// </summary>
/// <remarks>Twisted: <c>policies.WrappingFactory</c>.</remarks>
public abstract class WrappingFactory : ClientFactory
{
    /// <summary>Wraps a factory.</summary>
    /// <param name="inner">The factory.</param>
    protected WrappingFactory(IProtocolFactory inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <summary>The factory that is wrapped. Twisted: <c>wrappedFactory</c>.</summary>
    public IProtocolFactory Inner { get; }

    /// <summary>The inner factory's protocol, wrapped; null when it refuses the peer.</summary>
    /// <param name="peer">Who connects, or whom we have connected to.</param>
    public override IProtocol? BuildProtocol(EndPoint peer) =>
        Inner.BuildProtocol(peer) is { } protocol ? Wrap(protocol) : null;

    /// <summary>Puts a wrapper around a protocol.</summary>
    /// <param name="protocol">The inner factory's.</param>
    protected abstract IProtocol Wrap(IProtocol protocol);

    /// <inheritdoc/>
    protected override void StartFactory() => Inner.DoStart();

    /// <inheritdoc/>
    protected override void StopFactory() => Inner.DoStop();

    /// <inheritdoc/>
    protected override void StartedConnecting(IConnector connector) =>
        (Inner as IClientFactory)?.StartedConnecting(connector);

    /// <inheritdoc/>
    protected override void ClientConnectionFailed(IConnector connector, Exception reason) =>
        (Inner as IClientFactory)?.ClientConnectionFailed(connector, reason);

    /// <inheritdoc/>
    protected override void ClientConnectionLost(IConnector connector, Exception reason) =>
        (Inner as IClientFactory)?.ClientConnectionLost(connector, reason);

    /// <summary>The inner factory's name, for the log.</summary>
    public override string ToString() => Inner.ToString() ?? GetType().Name;
}
