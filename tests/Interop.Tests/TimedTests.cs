using System.Diagnostics;
using System.Globalization;

namespace Interop.Tests;

/// <summary>What is measured runs alone.</summary>
[CollectionDefinition(nameof(TimedTests), DisableParallelization = true)]
[Collection(nameof(TimedTests))]
public class TimedTests
{
    private static readonly string[] Echo = Twistd("-n", "echo", "--port", "tcp:0:interface=127.0.0.1");

    [Fact]
    public Task SIGTERM_ends_it_within_a_second_with_0() => EndsInASecond(Echo, program => program.Terminate());

    // A shell that starts the tests in the background has them ignore SIGINT, and so would their children: hence env.
    [Fact]
    public Task SIGINT_ends_it_within_a_second_with_0() =>
        EndsInASecond(["env", "--default-signal=INT", .. Echo], program => program.Interrupt());

    [PeerFact(Peers.Nc)]
    public async Task SIGTERM_ends_it_while_a_client_is_connected()
    {
        await using RunningProgram server = await Tool.Listen("echo");
        await using RunningProgram nc = RunningProgram.Start(Peers.Nc, "127.0.0.1", $"{server.Port}");
        await nc.Send("hello\n");
        await nc.Line("hello");
        server.Terminate();
        await server.Succeeds();
    }

    /// <summary>
    /// The goal is 0.2 s on a quiet machine. Twice that is allowed: the median of five says little more.
    /// </summary>
    [Fact]
    public async Task Help_is_quick()
    {
        await Tool.Built;
        var times = new List<TimeSpan>();
        for (int i = 0; i < 5; i++)
        {
            var clock = Stopwatch.StartNew();
            await using RunningProgram tool = RunningProgram.Start(Twistd("--help"));
            await tool.Succeeds();
            times.Add(clock.Elapsed);
        }
        Assert.InRange(times.Order().ElementAt(2), TimeSpan.Zero, TimeSpan.FromSeconds(0.4) * Neighbours());
    }

    private static async Task EndsInASecond(string[] command, Action<RunningProgram> end)
    {
        await Tool.Built;
        await using RunningProgram program = await RunningProgram.Listen(command);
        var clock = Stopwatch.StartNew();
        end(program);
        await program.Succeeds();
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1) * Neighbours());
    }

    /// <summary>How many share a core with us: each gets that part of it, so all takes that much longer.</summary>
    private static double Neighbours()
    {
        string load = File.ReadAllText("/proc/loadavg").Split(' ')[0]; // of the last minute
        return Math.Max(1, double.Parse(load, CultureInfo.InvariantCulture) / Environment.ProcessorCount);
    }
}
