using System.Net;

namespace Twisted.Internet;

/// <summary>Builds a protocol for each connection and keeps what they share.</summary>
/// <remarks>
/// One factory may serve any number of ports and connectors. Give a protocol its factory by its constructor:
/// <c>class Qotd(QotdFactory factory) : Protocol</c>. Twisted: <c>Factory</c> and <c>ServerFactory</c>.
/// </remarks>
public abstract class Factory : IProtocolFactory
{
    /// <summary>How many ports and connectors use this factory now. Twisted: <c>numPorts</c>.</summary>
    public int NumPorts { get; private set; }

    /// <inheritdoc/>
    public abstract IProtocol? BuildProtocol(EndPoint peer);

    void IProtocolFactory.DoStart()
    {
        if (NumPorts == 0)
            StartFactory(); // one that throws has not been started
        NumPorts++;
    }

    void IProtocolFactory.DoStop()
    {
        if (NumPorts > 0 && --NumPorts == 0)
            StopFactory();
    }

    /// <summary>The first port or connector begins to use it: open what all connections share.</summary>
    protected virtual void StartFactory() { }

    /// <summary>The last port or connector has gone: close it.</summary>
    protected virtual void StopFactory() { }

    /// <summary>Its name for the log: that of its class.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>A factory of a lambda. Twisted: <c>Factory.forProtocol</c>.</summary>
    /// <param name="build">Makes a protocol.</param>
    public static Factory For(Func<IProtocol> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new LambdaFactory(_ => build());
    }

    /// <summary>A factory of a lambda that is given the peer and may refuse it with null.</summary>
    /// <param name="build">Makes a protocol, or null.</param>
    public static Factory For(Func<EndPoint, IProtocol?> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new LambdaFactory(build);
    }

    private sealed class LambdaFactory(Func<EndPoint, IProtocol?> build) : Factory
    {
        public override IProtocol? BuildProtocol(EndPoint peer) => build(peer);

        public override string ToString() => "Factory";
    }
}
