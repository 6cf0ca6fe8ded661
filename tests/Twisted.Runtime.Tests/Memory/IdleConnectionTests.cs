using Twisted.Conformance;
using Xunit.Abstractions;

namespace Twisted.Tests;

/// <summary>What an idle connection costs, in a server process that does nothing else.</summary>
[Collection(AloneTests.Name)]
public class IdleConnectionTests(ITestOutputHelper output) : FaultTests
{
    private const int Connections = 2_000;

    /// <summary>Managed bytes for each connection.</summary>
    protected virtual int MostBytes => 1024;

    [Fact]
    public void Two_thousand_idle_connections_cost_little_and_hold_no_buffer() => Run(async reactor =>
    {
        using HostProcess host = await reactor.DeferToThread(() => new HostProcess($"echo {Kind}"));
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        await Open(reactor, port, 50); // what is made once is made now
        HostReport before = await reactor.DeferToThread(host.Report);
        Probe[] idle = await Open(reactor, port, Connections);
        HostReport after = await reactor.DeferToThread(host.Report);
        long count = after.Connections - before.Connections;
        Assert.Equal(Connections, count);
        long managed = (after.ManagedBytes - before.ManagedBytes) / count;
        long resident = (after.ResidentBytes - before.ResidentBytes) / count;
        output.WriteLine($"an idle connection: {managed} bytes managed, {resident} bytes resident");
        Assert.True(managed <= MostBytes, $"{managed} bytes for each connection");
        Assert.All(idle, client => Assert.Equal(0, client.LostCount));
    });

    private static async Deferred<Probe[]> Open(IReactor reactor, int port, int count)
    {
        var all = new List<Probe>();
        while (all.Count < count)
        {
            Probe[] some = [.. Enumerable.Range(0, 50).Select(_ => Dial(reactor, port))];
            // The echo tells that the server has accepted and that its buffers have been used once.
            foreach (Probe client in some)
            {
                await client.Made;
                client.Transport.Write("x"u8);
            }
            await Until(reactor, () => some.All(client => client.Received.Count == 1));
            all.AddRange(some);
        }
        return [.. all];
    }
}
