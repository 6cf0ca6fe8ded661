namespace Twisted.Internet;

/// <summary>
/// Descriptors that clients leave alone. .NET opens some at any moment, when a thread begins or an assembly is loaded,
/// and the process ends when it cannot; a server that is full must still be able to log, and to stop.
/// </summary>
/// <remarks>
/// They are not held open: the system gives the lowest free number, so that of a new socket tells how many are left.
/// </remarks>
internal static unsafe class SpareDescriptors
{
    /// <summary>Enough for a few threads and files at the same time.</summary>
    private const int Count = 8;

    /// <summary>Linux numbers this limit in its own way; the other systems inherited theirs.</summary>
    private static readonly int OpenFiles = OperatingSystem.IsLinux() ? Linux.RLIMIT_NOFILE : 8;

    /// <summary>As last heard. Any thread: to hear it twice is no harm.</summary>
    private static int _limit;

    /// <summary>How many descriptors the process may have open; null where there is no limit.</summary>
    internal static int? Limit
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return null; // handles end with the memory
            ulong* limits = stackalloc ulong[2]; // the soft one comes first
            return Libc.GetResourceLimit(OpenFiles, limits) == 0 && limits[0] <= int.MaxValue ? (int)limits[0] : null;
        }
    }

    /// <summary>Whether a socket that was just accepted leaves them alone.</summary>
    /// <param name="descriptor">Its number.</param>
    internal static bool AreLeftBy(nint descriptor)
    {
        if (descriptor + Count < Volatile.Read(ref _limit))
            return true;
        if (Limit is not { } limit)
            return true;
        Volatile.Write(ref _limit, limit);
        return descriptor + Count < limit;
    }
}
