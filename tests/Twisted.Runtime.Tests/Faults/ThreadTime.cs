using System.Runtime.InteropServices;

namespace Twisted.Tests;

/// <summary>The calling thread's processor time: the process's counts the compiler and the collector in.</summary>
internal static partial class ThreadTime
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID, clock_gettime(2)

    internal static TimeSpan Now => GetTime(ThreadClock, out Moment now) == 0
        ? TimeSpan.FromSeconds(now.Seconds + now.Nanoseconds / 1e9)
        : throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out Moment time);

    private struct Moment
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}
