using Twisted.Conformance;

namespace Interop.Tests;

/// <summary>How many connections the tool serves at a time.</summary>
public class ConnectionLimitTests
{
    private const int TooMany = 20;

    [PeerFact(Peers.Prlimit)]
    public Task By_default_it_is_four_fifths_of_its_descriptors() =>
        Full(400, [Peers.Prlimit, "--nofile=500", .. Twistd("-n", "echo", "-p", "tcp:0:interface=127.0.0.1")]);

    [Theory]
    [InlineData("epoll")]
    [InlineData("portable")]
    public Task An_option_sets_it(string reactor) => Full(3,
        Twistd("-n", "-r", reactor, "echo", "-p", "tcp:0:interface=127.0.0.1", "--max-connections", "3"));

    [PeerFact(Peers.Prlimit)]
    public Task With_few_descriptors_those_who_are_served_are_served_on() => OnReactor.Run(async reactor =>
    {
        await Tool.Built;
        await using RunningProgram server = await RunningProgram.Listen(
            [Peers.Prlimit, "--nofile=96", .. Twistd("-n", "echo", "-p", "tcp:0:interface=127.0.0.1")]);
        Probe[] clients = await Dial(reactor, server.Port, 96);
        Probe[] served = [.. clients.Where(client => client.LostCount == 0)];
        Assert.InRange(served.Length, 1, 76);
        await Echo(served);
        served[0].Transport.LoseConnection();
        await served[0].Lost;
        Assert.All(await Dial(reactor, server.Port, 1), client => Assert.Equal(0, client.LostCount));
    });

    [Fact]
    public Task A_burst_is_summed_up_in_the_log() => OnReactor.Run(async reactor =>
    {
        await using RunningProgram server = await Limited(1);
        await Dial(reactor, server.Port, 6);
        await server.Line(Reached(1));
        await server.Line("Over the limit of 1 connections (--max-connections), 4 more were closed in 10 seconds");
    });

    [Fact]
    public async Task Zero_is_without_limit()
    {
        await using RunningProgram help = await Tool.Start("echo", "--help");
        Assert.Contains("0 is without limit", await help.Succeeds(), StringComparison.Ordinal);
        await using RunningProgram server = await Limited(0);
        await OnReactor.Run(async reactor =>
            Assert.All(await Dial(reactor, server.Port, 5), client => Assert.Equal(0, client.LostCount)));
    }

    private static string Reached(int limit) => $"The limit of {limit} connections (--max-connections) is reached";

    private static async Task<RunningProgram> Limited(int limit)
    {
        await Tool.Built;
        return await RunningProgram.Listen(
            Twistd("-n", "echo", "-p", "tcp:0:interface=127.0.0.1", "--max-connections", $"{limit}"));
    }

    private static Task Full(int limit, string[] command) => OnReactor.Run(async reactor =>
    {
        await Tool.Built;
        await using RunningProgram server = await RunningProgram.Listen(command);
        Probe[] clients = await Dial(reactor, server.Port, limit + TooMany);
        Probe[] served = [.. clients.Where(client => client.LostCount == 0)];
        Assert.Equal(limit, served.Length);
        await server.Line($"{Reached(limit)}: the one from 127.0.0.1:");

        await Echo(served);
        foreach (Probe client in served[..2])
        {
            client.Transport.LoseConnection();
            await client.Lost;
        }
        Probe[] more = await Dial(reactor, server.Port, 3);
        Assert.Equal(2, more.Count(client => client.LostCount == 0));
        server.Terminate();
        await server.Succeeds();
        Assert.Single(server.Output.Split('\n'),
            line => line.Contains(Reached(limit), StringComparison.Ordinal));
    });

    /// <summary>Connects so many, each of which then has its echo or has heard its end.</summary>
    private static async Deferred<Probe[]> Dial(IReactor reactor, int port, int count)
    {
        Probe[] clients = [.. Enumerable.Range(0, count).Select(_ => new Probe())];
        foreach (Probe client in clients)
            reactor.ConnectTcp("127.0.0.1", port, new ProbeClientFactory(client));
        await Deferred.GatherResults(clients.Select(client => client.Made));
        await Echo(clients);
        return clients;
    }

    /// <summary>Each says one byte more and hears it, or its end.</summary>
    private static async Deferred Echo(Probe[] clients)
    {
        foreach (Probe client in clients)
            client.Transport.Write("x"u8);
        var waiting = clients.ToDictionary(client => client, client => client.Received.Count + 1);
        foreach (Probe client in clients)
        {
            while (client.LostCount == 0 && client.Received.Count < waiting[client])
                await client.Transport.GetRequired<IReactorTime>().DeferLater(TimeSpan.FromMilliseconds(2));
        }
    }
}
