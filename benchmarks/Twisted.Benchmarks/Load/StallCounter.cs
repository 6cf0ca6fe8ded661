using System.Globalization;
namespace Twisted.Benchmarks.Load;

/// <summary>Counts the callbacks that took too long by their own work, and the others apart.</summary>
internal sealed class StallCounter(Func<TimeSpan> kernelLately)
{
    internal static readonly TimeSpan Threshold = TimeSpan.FromMilliseconds(10);

    private const int MostNames = 5;

    /// <summary>What collects all garbage, counts and reads figures: that is measuring, and none of the load.</summary>
    private static readonly string[] Measuring =
        [nameof(LoadControl), nameof(LoadServer) + "+", nameof(LoadRun) + "+"];

    /// <summary>Of their own work.</summary>
    public int Own { get; private set; }

    /// <summary>Held up by the machine, a collection or the compiler.</summary>
    public int Others { get; private set; }

    public double LongestOwn { get; private set; }

    public double LongestOther { get; private set; }

    /// <summary>The first of each kind in words.</summary>
    public List<string> Named { get; } = [];

    /// <summary>Whether the callback that runs is none of the load.</summary>
    internal bool IsMeasuring { get; set; }

    internal void Add(ReactorStall stall)
    {
        if (IsMeasuring || Measuring.Any(name => stall.Callback.Contains(name, StringComparison.Ordinal)))
            return;
        TimeSpan kernel = kernelLately();
        bool isOwn = stall.Worked - kernel > Threshold;
        if (isOwn)
        {
            Own++;
            LongestOwn = Math.Max(LongestOwn, stall.Worked.TotalMilliseconds);
        }
        else
        {
            Others++;
            LongestOther = Math.Max(LongestOther, stall.Elapsed.TotalMilliseconds);
        }
        if (Named.Count < MostNames || (isOwn && Own <= MostNames))
            Named.Add(Text(stall, kernel));
    }

    private static string Text(ReactorStall stall, TimeSpan kernel) => string.Create(CultureInfo.InvariantCulture,
        $"{stall.Callback}: {stall.Elapsed.TotalMilliseconds:F1} ms, {stall.Worked.TotalMilliseconds:F1} of work, "
        + $"{stall.Processor.TotalMilliseconds:F1} on the processor, "
        + $"{stall.Collecting.TotalMilliseconds:F1} collecting, {stall.Compiling.TotalMilliseconds:F1} compiling, "
        + $"{kernel.TotalMilliseconds:F0} on interrupts and kept by the host");
}
