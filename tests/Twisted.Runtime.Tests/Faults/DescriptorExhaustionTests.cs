using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>A server without descriptors: who cannot be served is told at once, and nobody else notices.</summary>
[Collection(AloneTests.Name)]
public class DescriptorExhaustionTests : FaultTests
{
    private const string OneHundredAndTwentyEight = "ulimit -n 128";
    private const string NinetySix = "ulimit -n 96"; // the runtime itself takes most of them

    /// <summary>Seconds of CPU in two seconds of being full, with twenty clients turned away.</summary>
    protected virtual double MostCpu => 0.05;

    [Fact]
    public void Out_of_descriptors_clients_are_refused_at_once_and_the_others_served() => Run(async reactor =>
    {
        using HostProcess host = await reactor.DeferToThread(() => new HostProcess($"echo {Kind}", NinetySix));
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        await Served(reactor, port, 1); // the runtime opens files, too, when code is used for the first time
        Probe[] clients = [.. Enumerable.Range(0, 100).Select(_ => Dial(reactor, port))];
        await Until(reactor, () => clients.All(client => client.MadeCount == 1));
        foreach (Probe client in clients)
            client.Transport.Write("x"u8);
        await Until(reactor, () => clients.All(client => client.LostCount == 1 || client.Received.Count == 1));
        Probe[] served = [.. clients.Where(client => client.LostCount == 0)];
        int refused = clients.Length - served.Length;
        Assert.InRange(served.Length, 1, 60);
        Assert.True(refused >= 40, $"{refused} of 100 refused");

        double before = host.CpuSeconds();
        await Wait(reactor, 1);
        for (int i = 0; i < 20; i++)
            await Dial(reactor, port).Lost; // each hears of its end, and without a wait
        await Wait(reactor, 1);
        double cpu = host.CpuSeconds() - before;
        Assert.True(cpu <= MostCpu, $"{cpu} s of CPU in 2 s of being full");

        await Echo(reactor, served[0]);
        foreach (Probe client in served[..10])
            client.Transport.Get<IHalfCloseable>()!.LoseWriteConnection(); // its end comes when the host has closed
        await Until(reactor, () => served[..10].All(client => client.LostCount == 1));
        await Served(reactor, port, 10);
        await EndWhileFull(reactor, host, port);
        foreach (Probe client in served[10..])
            client.Transport.AbortConnection();
    });

    [Fact]
    public void Without_a_reserve_the_port_rests_and_comes_back() => Run(async reactor =>
    {
        using HostProcess host = await reactor.DeferToThread(() => new HostProcess(
            $"echo {Kind}", OneHundredAndTwentyEight));
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        Probe old = Dial(reactor, port);
        await old.Made;
        await Echo(reactor, old);
        // Below the numbers in use: no accept, no reserve can be had, whatever is closed.
        await reactor.DeferToThread(() => host.Ask("limit 3"));
        Probe[] waiting = [.. Enumerable.Range(0, 10).Select(_ => Dial(reactor, port))];
        await Until(reactor, () => waiting.All(client => client.MadeCount == 1)); // by the system, in the backlog
        double before = host.CpuSeconds();
        await Wait(reactor, 2);
        double cpu = host.CpuSeconds() - before;
        Assert.True(cpu <= MostCpu, $"{cpu} s of CPU in 2 s of rest");
        await Echo(reactor, old);
        Assert.All(waiting, client => Assert.Equal(0, client.LostCount));

        await reactor.DeferToThread(() => host.Ask("limit 128"));
        foreach (Probe client in waiting)
            await Echo(reactor, client);
        // And the reserve is there again: when full, the next is told at once.
        Probe[] more = [.. Enumerable.Range(0, 150).Select(_ => Dial(reactor, port))];
        await Until(reactor, () => more.All(client => client.MadeCount == 1));
        await Until(reactor, () => more.Count(client => client.LostCount == 1) >= 40);
        await Dial(reactor, port).Lost;
        await EndWhileFull(reactor, host, port);
        foreach (Probe client in more.Concat(waiting).Append(old))
            client.Transport.AbortConnection();
    });

    private static async Deferred EndWhileFull(IReactor reactor, HostProcess host, int port)
    {
        foreach (int _ in Enumerable.Range(0, 100))
            Dial(reactor, port);
        await Dial(reactor, port).Lost;
        host.EndInput();
        Assert.Equal(0, await reactor.DeferToThread(host.WaitForExit));
    }

    private static async Deferred Served(IReactor reactor, int port, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Probe client = Dial(reactor, port);
            await client.Made;
            await Echo(reactor, client);
        }
    }

    private static async Deferred Echo(IReactor reactor, Probe client)
    {
        int received = client.Received.Count;
        client.Transport.Write("y"u8);
        await Until(reactor, () => client.Received.Count > received || client.LostCount > 0);
        Assert.Equal(0, client.LostCount);
    }
}
