using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations;

/// <summary>The networks of the scenarios.</summary>
internal static class Hostile
{
    internal static readonly TimeSpan Limit = FromHours(3);

    /// <summary>Late, in pieces, and nothing is lost.</summary>
    internal static SimulatedLink Uneven(this Simulation sim, string one = "client", string two = "server")
    {
        sim.Host(one);
        sim.Host(two);
        return sim.Link(one, two).Latency(Zero, FromMilliseconds(80)).Reads(1, 40).Writes(1, 200);
    }

    /// <summary>And it breaks now and then.</summary>
    internal static SimulatedLink Breaking(this Simulation sim, string one = "client", string two = "server") =>
        sim.Uneven(one, two).Resets(0.005).Partitions(0.01, FromSeconds(3));

    /// <summary>Runs it to its end, and looks at what every scenario wants.</summary>
    internal static void Finish(this Simulation sim, params ReadOnlySpan<Deferred> awaited)
    {
        sim.RunUntilQuiet(Limit);
        foreach (Deferred each in awaited)
            sim.Check.Fired(each);
        sim.Check.BytesConserved();
        sim.Check.NoLeaks();
    }
}
