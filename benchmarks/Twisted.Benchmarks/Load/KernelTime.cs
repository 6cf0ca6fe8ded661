using System.Globalization;

namespace Twisted.Benchmarks.Load;

/// <summary>
/// Time of the processors that the kernel has spent on interrupts, or the host of a virtual machine has kept. Linux may
/// charge the thread that was interrupted with it as if it had worked, so it has to be known before a callback is
/// blamed: after many closed connections their timers run out in one go, 20 ms and more at a time. Any thread.
/// </summary>
internal sealed class KernelTime : IDisposable
{
    private const int Interrupts = 6; // the fields of /proc/stat, in hundredths of a second over all processors
    private const int Steal = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Timer _timer; // none of the reactor's: those are counted
    private long _latest = Read();

    internal KernelTime() => _timer = new Timer(_ => Volatile.Write(ref _latest, Read()), null, Interval, Interval);

    /// <summary>In the last moments: at most the interval, and what has passed since it was looked at.</summary>
    internal TimeSpan Lately => TimeSpan.FromMilliseconds(10 * (Read() - Volatile.Read(ref _latest)));

    public void Dispose() => _timer.Dispose();

    private static long Read() => File.ReadLines("/proc/stat").First()
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[Interrupts..(Steal + 1)]
        .Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
}
