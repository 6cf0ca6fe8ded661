using System.Diagnostics.Metrics;

namespace Twisted.Internet;

/// <summary>What reactors count for whoever listens to the meter "Twisted.Reactor".</summary>
internal static class ReactorMeter
{
    private static readonly Meter Meter = new("Twisted.Reactor");

    /// <summary>Callbacks that took longer than allowed; reactors that do not watch count none.</summary>
    internal static Counter<long> Stalls { get; } = Meter.CreateCounter<long>(
        "twisted.reactor.stalls", "{stall}", "Callbacks that held a reactor longer than its threshold.");
}
