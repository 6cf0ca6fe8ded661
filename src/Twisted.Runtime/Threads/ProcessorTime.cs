namespace Twisted.Internet;

/// <summary>What the running thread has spent on a processor.</summary>
internal static unsafe class ProcessorTime
{
    /// <summary>Asks the system; null where it does not tell.</summary>
    internal static Func<TimeSpan>? OfThisThread { get; } = OperatingSystem.IsLinux() ? Read : null;

    private static TimeSpan Read()
    {
        long* time = stackalloc long[2]; // seconds and nanoseconds
        return Libc.GetClock(Linux.CLOCK_THREAD_CPUTIME_ID, time) == 0
            ? new TimeSpan(time[0] * TimeSpan.TicksPerSecond + time[1] / TimeSpan.NanosecondsPerTick)
            : TimeSpan.Zero;
    }
}
