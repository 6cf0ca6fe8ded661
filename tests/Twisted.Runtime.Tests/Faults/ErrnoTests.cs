using System.Runtime.CompilerServices;

namespace Twisted.Tests.Faults;

/// <summary>
/// The calls of every message do not keep errno: it is read after them, and a garbage collection may come between.
/// </summary>
public class ErrnoTests
{
    private const int Calls = 15_000;

    [Fact]
    public async Task Errno_survives_the_garbage_collections_of_other_threads()
    {
        using var ended = new CancellationTokenSource();
        Task collector = Task.Factory.StartNew(() =>
        {
            while (!ended.IsCancellationRequested)
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }, TaskCreationOptions.LongRunning);
        int collections = GC.CollectionCount(0);
        Assert.Equal(Calls, CallsThatWouldBlock());
        Assert.InRange(GC.CollectionCount(0) - collections, 100, int.MaxValue);
        await ended.CancelAsync();
        await collector;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe int CallsThatWouldBlock()
    {
        int fd = Libc.Socket(SocketFamily, Linux.SOCK_DGRAM | Descriptor.NonBlocking, 0);
        byte* buffer = stackalloc byte[16];
        int count = 0;
        for (int i = 0; i < Calls; i++)
        {
            if (Libc.Receive(fd, buffer, 16, 0) < 0 && Errno.Now == Errno.EAGAIN)
                count++;
        }
        _ = Libc.Close(fd);
        return count;
    }

    private static int SocketFamily => SocketAddressBytes.FamilyOf(System.Net.IPAddress.Loopback);
}
