using System.Net;
using Twisted.Conformance.Scenarios;

namespace Twisted.Conformance.Reentrancy;

/// <summary>One side of a connection: notes what it hears.</summary>
internal class Side(GridScene scene, string name) : Protocol
{
    internal string Name => name;

    internal int MadeCount { get; private set; }

    internal int LostCount { get; private set; }

    internal int Received { get; private set; }

    internal bool IsSecure { get; set; }

    protected GridScene Scene => scene;

    protected override void ConnectionMade()
    {
        MadeCount++;
        scene.Note(name, "made");
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        Received += data.Length;
        if (scene.EventsOf(name) is not [.., "data"])
            scene.Note(name, "data");
        scene.Check();
    }

    protected override void ConnectionLost(Exception reason)
    {
        LostCount++;
        // How much has come before a reset is chance.
        string bytes = reason is ConnectionDoneException ? $" after {Received} bytes" : "";
        scene.Note(name, $"lost:{TwistedNames.Of(reason)}{bytes}");
    }
}

/// <summary>Sends back what comes.</summary>
internal sealed class EchoSide(GridScene scene, string name) : Side(scene, name)
{
    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        base.DataReceived(data);
        Transport.Write(data);
    }
}

/// <summary>The side that acts, in the callback of its cell.</summary>
internal class Server(GridScene scene, string name) : Side(scene, name), IPushProducer
{
    protected override void ConnectionMade()
    {
        base.ConnectionMade();
        Act("connectionMade");
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        base.DataReceived(data);
        Act("dataReceived");
    }

    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        Act("connectionLost");
    }

    public void PauseProducing()
    {
        Scene.Note(Name, "pause");
        Act("pauseProducing");
    }

    public void ResumeProducing()
    {
        Scene.HasResumed = true;
        Scene.Note(Name, "resume");
        Act("resumeProducing");
    }

    public void StopProducing()
    {
        Scene.IsOver = true;
        Scene.Note(Name, "stop");
        Act("stopProducing");
    }

    protected void Act(string callback)
    {
        if (Name == "server")
            Scene.Act(callback);
    }
}

/// <summary>The same, and it knows half close.</summary>
internal sealed class HalfClosingServer(GridScene scene, string name) : Server(scene, name), IHalfCloseableProtocol
{
    public void ReadConnectionLost()
    {
        Scene.ReadLost = true;
        Scene.Note(Name, "readLost");
        Act("readConnectionLost");
    }

    public void WriteConnectionLost()
    {
        Scene.WriteLost = true;
        Scene.Note(Name, "writeLost");
        Act("writeConnectionLost");
    }
}

/// <summary>
/// Stands before a server's protocol: acts in MakeConnection, which a Protocol does not let anybody override, and can
/// exchange the protocol amid the connection, as a protocol does that upgrades to another.
/// </summary>
internal sealed class Entrance(GridScene scene, Server first) : IProtocol, IProtocolAbilities
{
    private IProtocol _inner = first;
    private ITransport? _transport;

    internal ITransport Transport => _transport!;

    /// <summary>Twisted: <c>transport.protocol = other; other.makeConnection(transport)</c>.</summary>
    internal void Exchange()
    {
        if (scene.IsOver)
            return;
        _inner = scene.BuildSide("exchanged");
        _inner.MakeConnection(Transport);
    }

    void IProtocol.MakeConnection(ITransport transport)
    {
        _transport = transport;
        if (first.Name == "server")
        {
            scene.Door = this;
            scene.Act("makeConnection");
        }
        ((IProtocol)first).MakeConnection(transport);
    }

    void IProtocol.DataReceived(ReadOnlySpan<byte> data) => _inner.DataReceived(data);

    void IProtocol.ConnectionLost(Exception reason)
    {
        scene.IsOver |= first.Name == "server";
        _inner.ConnectionLost(reason);
    }

    T? IProtocolAbilities.Ability<T>() where T : class => _inner.Ability<T>();
}

/// <summary>Serves the cell's connections; acts before it builds the second.</summary>
internal sealed class GridServerFactory(GridScene scene) : ServerFactory
{
    private int _built;

    public override IProtocol BuildProtocol(EndPoint peer)
    {
        if (++_built == 2)
            scene.Act("buildProtocol");
        return scene.BuildServer(_built == 1 ? "server" : "server2");
    }

    protected override void StartFactory() => scene.Note("factory", "start");

    protected override void StopFactory() => scene.Note("factory", "stop");
}

/// <summary>Of a second port, for what a factory hears of its port.</summary>
internal sealed class SideFactory(GridScene scene) : ServerFactory
{
    public override IProtocol? BuildProtocol(EndPoint peer) => null;

    protected override void StartFactory()
    {
        scene.Note("side", "start");
        scene.Act("startFactory");
    }

    protected override void StopFactory()
    {
        scene.Note("side", "stop");
        scene.Act("stopFactory");
    }
}

internal sealed class GridClientFactory(GridScene scene, Side? side) : ClientFactory
{
    public override IProtocol? BuildProtocol(EndPoint peer) => side;

    protected override void ClientConnectionFailed(IConnector connector, Exception reason)
    {
        scene.Note("failing", $"failed:{TwistedNames.Of(reason)}");
        scene.Act("clientConnectionFailed");
    }
}
