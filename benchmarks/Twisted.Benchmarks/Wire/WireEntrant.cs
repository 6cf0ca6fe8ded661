namespace Twisted.Benchmarks.Wire;

/// <summary>A peer in one scenario: its server and the load on it, both alive until the scenario has ended.</summary>
internal sealed class WireEntrant : IDisposable
{
    private readonly WireServer _server;
    private readonly WireLoad _load;

    private readonly string _name;

    private WireEntrant(string name, WireServer server, WireLoad load, double bytesAConnection)
    {
        _name = name;
        _server = server;
        _load = load;
        BytesAConnection = bytesAConnection;
    }

    /// <summary>Growth of resident memory from before the first connection, for each.</summary>
    internal double BytesAConnection { get; }

    internal static WireEntrant Start(BenchFolders folders, WireScenario scenario, WirePeer peer, WireCores cores)
    {
        WireServer? server = null;
        try
        {
            server = WireServer.Start(peer.CommandFor(scenario)!, cores.Server);
            long before = server.ResidentBytes;
            var load = new WireLoad(folders, scenario, server, cores.Load);
            double growth = (server.ResidentBytes - before) / (double)scenario.Connections;
            return new WireEntrant(peer.Name, server, load, growth);
        }
        catch (BenchException failure)
        {
            server?.Dispose();
            throw new BenchException($"{peer.Name}: {failure.Message}");
        }
    }

    internal WireSample Sample(TimeSpan length)
    {
        try
        {
            return _load.Sample(length) with { Resident = _server.ResidentBytes };
        }
        catch (BenchException failure)
        {
            throw new BenchException($"{_name}: {failure.Message}");
        }
    }

    public void Dispose()
    {
        _load.Dispose();
        _server.Dispose();
    }
}
