using System.Net;

namespace Twisted.Hosting;

/// <summary>Serves as many connections as the host, and as the server, may have.</summary>
internal sealed class LimitedFactory(IProtocolFactory inner, ConnectionQuota ofHost, ConnectionQuota ofServer)
    : WrappingFactory(inner)
{
    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        if (!ofServer.TryTake(peer))
            return null;
        if (!ofHost.TryTake(peer))
        {
            ofServer.GiveBack();
            return null;
        }
        IProtocol? protocol = null;
        try
        {
            return protocol = base.BuildProtocol(peer);
        }
        finally
        {
            if (protocol is null)
                GiveBack();
        }
    }

    protected override IProtocol Wrap(IProtocol protocol) => new EndingProtocol(protocol, GiveBack);

    private void GiveBack()
    {
        ofHost.GiveBack();
        ofServer.GiveBack();
    }
}
