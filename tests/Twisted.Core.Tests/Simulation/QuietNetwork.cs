using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>A simulation of one host, run by its own reactor as a contract suite does.</summary>
internal static class QuietNetwork
{
    internal static IReactor Reactor() =>
        new Twisted.Testing.Simulation(new ListedDecisions([]), seed: 0, inWords: false).Host("host").Reactor;
}
