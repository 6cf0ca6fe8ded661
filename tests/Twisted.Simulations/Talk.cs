using System.Net;
using Twisted.Testing;

namespace Twisted.Simulations;

/// <summary>A client's side of a connection, whose end can be waited for.</summary>
internal abstract class Talk : Protocol
{
    /// <summary>Fires when the connection is gone, or has never come.</summary>
    internal Deferred Ended { get; } = new();

    /// <summary>Why.</summary>
    internal Exception? Reason { get; private set; }

    /// <summary>Whether there was a connection.</summary>
    internal bool WasMade { get; private set; }

    protected override void ConnectionMade() => WasMade = true;

    protected override void ConnectionLost(Exception reason) => End(reason);

    /// <summary>Connects to a host's port.</summary>
    internal void Dial(SimulatedHost from, string host, int port) =>
        from.Reactor.ConnectTcp(host, port, new Once(this));

    private void End(Exception reason)
    {
        Check.That(!Ended.IsFired, "a connection ends once");
        Reason = reason;
        Ended.Callback();
    }

    private sealed class Once(Talk talk) : ClientFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => talk;

        protected override void ClientConnectionFailed(IConnector connector, Exception reason) => talk.End(reason);
    }
}

/// <summary>What has to be so inside a callback.</summary>
internal static class Check
{
    internal static void That(bool holds, string what)
    {
        if (!holds)
            throw new SimulationException($"It is not so that {what}.");
    }
}
