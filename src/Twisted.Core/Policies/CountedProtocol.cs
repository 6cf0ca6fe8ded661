using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Tells, once, that its connection is gone.</summary>
internal sealed class CountedProtocol(IProtocol inner, Action gone) : ProtocolWrapper(inner)
{
    protected override void ConnectionLost(Exception reason)
    {
        gone(); // before the protocol: what it does then may look at the count
        base.ConnectionLost(reason);
    }
}
