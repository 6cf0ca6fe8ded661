using Twisted.Channels.Tests.Nats;

namespace Twisted.Channels.Tests;

/// <summary>Nodes that are connected to each other.</summary>
public sealed class NodeContract : ChannelBusContract
{
    private protected override BusMesh Mesh { get; } = new Nodes();
}

/// <summary>Nodes over a NATS server.</summary>
public sealed class NatsBusContract : ChannelBusContract
{
    private protected override BusMesh Mesh { get; } = new NatsNodes();
}
