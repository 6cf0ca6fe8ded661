using System.Runtime.CompilerServices;

namespace Twisted.Tests.Faults;

/// <summary>
/// The calls of every message do not keep errno: it is read after them, and a garbage collection may come between.
/// </summary>
[Collection(AloneTests.Name)] // each collection stops every thread of the process
public class ErrnoTests
{
    private const int Collections = 300;

    [Fact]
    public async Task Errno_survives_the_garbage_collections_of_other_threads()
    {
        int calls = 0;
        Task collector = Task.Factory.StartNew(() =>
        {
            for (int i = 0; i < Collections; i++)
            {
                // Collections that follow each other at once leave the other thread no time for a single call.
                int before = Volatile.Read(ref calls);
                SpinWait.SpinUntil(() => Volatile.Read(ref calls) != before);
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            }
        }, TaskCreationOptions.LongRunning);
        Assert.Equal(0, CallsWithAnotherErrno(ref calls, until: collector));
        await collector;
        Assert.InRange(calls, Collections, int.MaxValue);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe int CallsWithAnotherErrno(ref int calls, Task until)
    {
        int fd = Libc.Socket(SocketFamily, Linux.SOCK_DGRAM | Descriptor.NonBlocking, 0);
        byte* buffer = stackalloc byte[16];
        int others = 0;
        while (!until.IsCompleted)
        {
            if (Libc.Receive(fd, buffer, 16, 0) >= 0 || Errno.Now != Errno.EAGAIN)
                others++;
            Volatile.Write(ref calls, calls + 1);
        }
        _ = Libc.Close(fd);
        return others;
    }

    private static int SocketFamily => Linux.AF_INET;
}
