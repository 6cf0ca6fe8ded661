using System.Globalization;

namespace Twisted.Benchmarks.Load;

/// <summary>
/// Time that the host of a virtual machine has kept its processors to itself. The guest's threads are charged with it
/// as if they had worked, so it has to be known before a callback is blamed. Any thread.
/// </summary>
internal sealed class StolenTime : IDisposable
{
    private const int Steal = 8; // the field of /proc/stat, in hundredths of a second over all processors

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Timer _timer; // none of the reactor's: those are counted
    private long _latest = Read();

    internal StolenTime() => _timer = new Timer(_ => Volatile.Write(ref _latest, Read()), null, Interval, Interval);

    /// <summary>In the last moments: a tenth of a second, and what has passed since it was looked at.</summary>
    internal TimeSpan Lately => TimeSpan.FromMilliseconds(10 * (Read() - Volatile.Read(ref _latest)));

    public void Dispose() => _timer.Dispose();

    private static long Read() => long.Parse(
        File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[Steal],
        CultureInfo.InvariantCulture);
}
