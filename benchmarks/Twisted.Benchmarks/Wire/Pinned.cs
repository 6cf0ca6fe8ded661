using System.Diagnostics;

namespace Twisted.Benchmarks.Wire;

/// <summary>How the bench starts a program.</summary>
internal static class Pinned
{
    /// <summary>On one core, its streams in our hands; it dies with us, however we end.</summary>
    internal static ProcessStartInfo ToCore(int core, string[] command) =>
        new("setpriv", ["--pdeathsig", "KILL", "taskset", "-c", $"{core}", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}
