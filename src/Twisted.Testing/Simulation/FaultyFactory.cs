using System.Net;
using Twisted.Protocols;

namespace Twisted.Testing;

/// <summary>Throws out of the callbacks of a factory's protocols, as the host decides.</summary>
internal sealed class FaultyFactory(SimulatedHost host, IProtocolFactory inner) : WrappingFactory(inner)
{
    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        host.ThrowIn("BuildProtocol");
        return base.BuildProtocol(peer);
    }

    protected override IProtocol Wrap(IProtocol protocol) => new Faulty(host, protocol);

    private sealed class Faulty(SimulatedHost host, IProtocol inner) : ProtocolWrapper(inner)
    {
        protected override void ConnectionMade()
        {
            base.ConnectionMade();
            host.ThrowIn("ConnectionMade");
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            host.ThrowIn("DataReceived");
            base.DataReceived(data);
        }

        protected override void ConnectionLost(Exception reason)
        {
            base.ConnectionLost(reason); // what it holds is to be given up in any case
            host.ThrowIn("ConnectionLost");
        }
    }
}
