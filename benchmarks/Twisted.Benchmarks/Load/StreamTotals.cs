namespace Twisted.Benchmarks.Load;

/// <summary>What became of the bytes of many streams.</summary>
internal sealed class StreamTotals
{
    /// <summary>Bytes that came and were those that had to come.</summary>
    public long Verified { get; set; }

    /// <summary>Bytes that never came.</summary>
    public long Lost { get; set; }

    /// <summary>Bytes that came again.</summary>
    public long Repeated { get; set; }

    /// <summary>Bytes that came after later ones.</summary>
    public long Reordered { get; set; }

    /// <summary>Bytes that belong nowhere.</summary>
    public long Corrupt { get; set; }

    internal bool IsExact => Lost + Repeated + Reordered + Corrupt == 0;
}
