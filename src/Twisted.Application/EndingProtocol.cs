namespace Twisted.Application;

/// <summary>Calls when its connection has ended, behind its protocol.</summary>
internal sealed class EndingProtocol(IProtocol inner, Action ended) : ProtocolWrapper(inner)
{
    protected override void ConnectionLost(Exception reason)
    {
        try
        {
            base.ConnectionLost(reason);
        }
        finally
        {
            ended();
        }
    }
}
