namespace Twisted.Testing;

/// <summary>What an exploration has seen.</summary>
/// <param name="Runs">How many runs there were.</param>
/// <param name="Events">What happened in them, all together.</param>
/// <param name="Hash">Of all traces: equal for equal explorations.</param>
public sealed record SimulationReport(int Runs, long Events, ulong Hash);
