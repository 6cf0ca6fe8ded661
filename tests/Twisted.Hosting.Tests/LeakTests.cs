using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Twisted.Hosting.Tests;

/// <summary>What hosts leave behind: nothing.</summary>
[Collection(AloneTests.Name)]
public class LeakTests
{
    private const int Hosts = 100;

    private static int Descriptors => Directory.GetFiles("/proc/self/fd").Length;

    [Fact]
    public async Task A_hundred_hosts_leave_no_reactor_no_thread_and_no_descriptor()
    {
        await RunOne(); // what is made once and stays
        int descriptors = Descriptors;
        var reactors = new List<WeakReference>();
        for (int i = 0; i < Hosts; i++)
            reactors.Add(await RunOne());
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        // The last one or two may still be held by a frame that has not gone yet.
        Assert.InRange(reactors.Count(reactor => reactor.IsAlive), 0, 2);
        Assert.InRange(Descriptors, 0, descriptors + 5);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> RunOne()
    {
        RunningHost host = await RunningHost.Start(services =>
            services.AddStreamServer<EchoFactory>("tcp:0:interface=127.0.0.1", "echo"));
        using (TcpClient client = await host.Connect("echo"))
            Assert.Equal("x", await client.Ask("x"));
        var reactor = new WeakReference(host.Reactor);
        await host.DisposeAsync();
        return reactor;
    }
}

/// <summary>Tests that count descriptors or objects of this process: alone, at the end.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "Alone";
}
