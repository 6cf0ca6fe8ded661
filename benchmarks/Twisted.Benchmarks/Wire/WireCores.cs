using System.Globalization;

namespace Twisted.Benchmarks.Wire;

/// <summary>The two cores of a measurement, of those that this process may use, and how busy they are.</summary>
internal sealed record WireCores(int Server, int Load)
{
    private const double Busy = 0.15;

    /// <summary>Chooses the first two.</summary>
    internal static WireCores Choose() => Parse(Allowed());

    /// <summary>The same; where there is only one, both get it.</summary>
    internal static WireCores ChooseOrShare(out bool isShared)
    {
        string allowed = Allowed();
        isShared = int.TryParse(allowed, out int only);
        return isShared ? new WireCores(only, only) : Parse(allowed);
    }

    /// <summary>Reads a list like "0-3,8".</summary>
    internal static WireCores Parse(string list)
    {
        int[] cores = [.. list.Split(',').SelectMany(Range).Take(2)];
        return cores is [var server, var load] ? new WireCores(server, load)
            : throw new BenchException($"it may use core {list} only: server and load need a core each");
    }

    /// <summary>What others do on the machine, when it is much; null when it is quiet.</summary>
    internal static string? OthersAtWork()
    {
        double[] before = Ticks();
        Thread.Sleep(TimeSpan.FromSeconds(1)); // the one thing that is measured by the clock of the wall
        double[] spent = [.. Ticks().Zip(before, (after, then) => after - then)];
        double idle = spent[3] + spent[4];
        double busy = 1 - idle / Math.Max(1, spent.Take(8).Sum());
        return busy < Busy ? null : string.Create(CultureInfo.InvariantCulture,
            $"others use {busy:P0} of this machine: expect dropped samples and take no figure for good");
    }

    private static string Allowed() => File.ReadLines("/proc/self/status")
        .First(line => line.StartsWith("Cpus_allowed_list:")).Split(':')[1].Trim();

    private static double[] Ticks() =>
        [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(field => double.Parse(field, CultureInfo.InvariantCulture))];

    private static IEnumerable<int> Range(string part)
    {
        string[] ends = part.Split('-');
        int first = int.Parse(ends[0], CultureInfo.InvariantCulture);
        return Enumerable.Range(first, int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1);
    }
}
