namespace Twisted.Benchmarks.Load;

/// <summary>How a load test is run.</summary>
/// <param name="IsShort">Seconds instead of minutes, and fewer connections.</param>
/// <param name="Seconds">How long; the test's own unless set.</param>
/// <param name="Connections">How many; the test's own unless set.</param>
/// <param name="Seed">Decides sizes, pauses and faults.</param>
internal sealed record LoadOptions(bool IsShort, double? Seconds = null, int? Connections = null, int Seed = 1)
{
    internal TimeSpan Length(double shortly, double fully) =>
        TimeSpan.FromSeconds(Seconds ?? (IsShort ? shortly : fully));

    internal int Count(int shortly, int fully) => Connections ?? (IsShort ? shortly : fully);
}
