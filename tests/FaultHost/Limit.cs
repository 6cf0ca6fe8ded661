using System.Runtime.InteropServices;

namespace Twisted.Faults;

/// <summary>The soft limit of descriptors of this process.</summary>
internal static unsafe partial class Limit
{
    private const int RLIMIT_NOFILE = 7;

    internal static void SetDescriptors(ulong count)
    {
        ulong* limit = stackalloc ulong[2];
        if (GetLimit(RLIMIT_NOFILE, limit) != 0)
            throw new IOException("getrlimit");
        limit[0] = Math.Min(count, limit[1]);
        if (SetLimit(RLIMIT_NOFILE, limit) != 0)
            throw new IOException("setrlimit");
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, ulong* limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ulong* limit);
}
