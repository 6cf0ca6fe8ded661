namespace Twisted.Daemon;

/// <summary>For an endpoint with one connection only: when it ends, there is nothing left to do.</summary>
/// <param name="inner">What serves it.</param>
/// <param name="ended">Called then.</param>
internal sealed class LastConnection(IProtocolFactory inner, Action ended) : WrappingFactory(inner)
{
    protected override IProtocol Wrap(IProtocol protocol) => new EndingProtocol(protocol, ended);
}
