using System.Globalization;

namespace Twisted.Testing;

/// <summary>What happened in a simulation: always as a hash, and in words when somebody will read them.</summary>
internal sealed class EventTrace(VirtualTimeProvider clock, bool inWords)
{
    private const ulong Prime = 0x100000001B3;

    /// <summary>Longer than anybody reads.</summary>
    private const int MostLines = 20_000;

    private readonly List<string> _lines = [];

    /// <summary>Equal for equal runs.</summary>
    internal ulong Hash { get; private set; } = 0xCBF29CE484222325;

    /// <summary>How many events there were.</summary>
    internal long Count { get; private set; }

    internal IReadOnlyList<string> Lines => _lines;

    /// <summary>Something happened.</summary>
    /// <param name="host">Where.</param>
    /// <param name="item">To which connection, or 0.</param>
    /// <param name="what">What.</param>
    /// <param name="number">How many bytes, or what fits.</param>
    internal void Add(SimulatedHost host, int item, string what, long number = 0)
    {
        Count++;
        Roll((ulong)clock.Elapsed.Ticks);
        Roll(((ulong)(uint)host.Number << 32) | (uint)item);
        Roll((ulong)number);
        foreach (char letter in what)
            Hash = (Hash ^ letter) * Prime;
        if (inWords && _lines.Count < MostLines)
        {
            string at = clock.Elapsed.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture);
            string which = item == 0 ? "" : $" #{item}";
            _lines.Add($"{at,14} {host.Name}{which}: {what}{(number == 0 ? "" : $" {number}")}");
        }
    }

    private void Roll(ulong number) => Hash = (Hash ^ number ^ (number >> 29)) * Prime;
}
