using static Costs.Tests.Steps;

namespace Costs.Tests;

/// <summary>What an operation costs without sockets; tests/CostHost/Operations.cs has them.</summary>
public class OperationTests
{
    [PeerFact(Gcc, Peers.Root)]
    public async Task An_operation_costs_what_is_recorded()
    {
        await using RunningProgram host = RunningProgram.Start(Host("operations"));
        await host.Line("ready");
        await using RunningProgram steps = RunningProgram.Start(await Tool(), "sections", $"{host.Id}");
        await steps.Line("attached");
        await host.Send("go\n");
        await host.Succeeds();
        await steps.Succeeds();
        Dictionary<string, double> sections =
            Fields(steps.Output, "section").ToDictionary(section => section[0], section => Number(section[1]));
        IEnumerable<Cost> costs =
            from allocated in Fields(host.Output, "allocated")
            let count = Number(allocated[1])
            where count > 0
            from cost in (Cost[])
            [
                new(allocated[0], Measures.Bytes, Number(allocated[2]) / count),
                new(allocated[0], Measures.Instructions, sections[allocated[0]] / count),
            ]
            select cost;
        RecordFile.Check([.. costs], name => !name.Contains("echo", StringComparison.Ordinal));
    }
}
