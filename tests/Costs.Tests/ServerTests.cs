using Xunit.Abstractions;
using static Costs.Tests.Steps;

namespace Costs.Tests;

/// <summary>What a message costs a server over real sockets: its loop's thread, from one wait to the next.</summary>
public class ServerTests(ITestOutputHelper output)
{
    private const string InC = "C epoll, ";

    [PeerTheory(Gcc, Peers.Root)]
    [InlineData("echo, 32 B ping-pong, 1 connection", "echo", "ping", 1, 32, 1, 20)]
    [InlineData("echo, 32 B ping-pong, 50 connections", "echo", "ping", 50, 32, 1, 1)]
    [InlineData("echo, 32 B x 16 pipelined", "echo", "ping", 1, 32, 16, 20)]
    [InlineData("echo, connect, 32 B, close", "echo", "conn", 1, 32, 1, 10)]
    [InlineData("line echo, 64 B x 16 pipelined", "line", "line", 1, 64, 16, 10)]
    [InlineData("UDP echo, 32 B x 40", "udp", "udp", 1, 32, 40, 5)]
    public async Task A_message_costs_what_is_recorded(
        string scenario, string server, string load, int connections, int size, int depth, int rounds)
    {
        await using RunningProgram host = await RunningProgram.Listen(Host(server));
        ServerCosts costs = await Measure(host, Load(load, connections, size, depth, rounds), () => Allocated(host));
        RecordFile.Check(costs.Of(scenario, withBytes: true), name => name == scenario);
    }

    [PeerTheory(Gcc, Peers.Root)]
    [InlineData("echo, 32 B ping-pong, 1 connection", "ping", 1, 32, 1, 20)]
    [InlineData("echo, 32 B ping-pong, 50 connections", "ping", 50, 32, 1, 1)]
    [InlineData("echo, 32 B x 16 pipelined", "ping", 1, 32, 16, 20)]
    [InlineData("echo, connect, 32 B, close", "conn", 1, 32, 1, 10)]
    [InlineData("UDP echo, 32 B x 40", "udp", 1, 32, 40, 5)]
    public async Task The_reference_in_C_stands_beside_it(
        string scenario, string load, int connections, int size, int depth, int rounds)
    {
        await using RunningProgram server = await RunningProgram.Listen(await Reference(load));
        ServerCosts costs = await Measure(server, Load(load, connections, size, depth, rounds), NothingAllocated);
        RecordFile.Check(costs.Of(InC + scenario), name => name == InC + scenario, isInformation: true);
    }

    private static string[] Load(string load, int connections, int size, int depth, int rounds) =>
        [load, $"{connections}", $"{size}", $"{depth}", $"{rounds}"];

    private async Task<ServerCosts> Measure(RunningProgram server, string[] load, Func<Task<double>> allocated)
    {
        await using RunningProgram steps =
            RunningProgram.Start([await Tool(), "serve", $"{server.Id}", $"{server.Port}", .. load]);
        await steps.Line("ready");
        await allocated(); // from here
        await steps.Send("go\n");
        await steps.Line("done");
        double bytes = await allocated();
        steps.CloseInput();
        await steps.Succeeds();
        output.WriteLine(steps.Output);
        return new ServerCosts(steps.Output, bytes);
    }

    /// <summary>What the reactor thread has allocated since it was asked last.</summary>
    private static async Task<double> Allocated(RunningProgram host)
    {
        await host.Send("allocated\n");
        return Number((await host.Line("allocated")).Split('\t')[1]);
    }

    private static Task<double> NothingAllocated() => Task.FromResult(0.0);
}
