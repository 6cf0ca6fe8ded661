using Twisted.Simulations;
using Twisted.Testing;
using Sim = Twisted.Testing.Simulation;

namespace Twisted.Tests;

/// <summary>The scenarios of <c>./test sim</c>, with a few seeds each: mutants of the engine meet them too.</summary>
public class ScenarioTests
{
    private const int Seeds = 10;

    public static TheoryData<string> Names => [.. Scenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scenario_holds(string name)
    {
        Scenario scenario = Scenario.All.Single(one => one.Name == name);
        SimulationReport report = Sim.Explore(
            new SimulationOptions { Seeds = Seeds, ReplayCommand = $"./test sim --scenario {name} --seed {{0}}" },
            scenario.Run);
        Assert.Equal(Seeds, report.Runs);
    }
}
