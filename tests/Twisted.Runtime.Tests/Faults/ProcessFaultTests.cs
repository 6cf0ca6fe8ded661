using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Twisted.Conformance;
using Twisted.Faults;
using Twisted.Processes;

namespace Twisted.Tests;

/// <summary>What befalls a whole process: its clock, its memory, its threads, signals, and clients in swarms.</summary>
[Collection(AloneTests.Name)]
public class ProcessFaultTests : FaultTests
{
    private const int SIGKILL = 9;
    private const string Service = "tcp:0:interface=127.0.0.1";

    /// <summary>Whether connections wait for .NET's pool.</summary>
    protected virtual bool NeedsPoolThreads => false;

    /// <summary>The reactor beside it, which starts the process; the one that is tested runs in that.</summary>
    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Epoll);

    [PeerTheory(FaultyCalls.Compiler)]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(-1)]
    [InlineData(0)] // it stands still
    public void Timers_and_connections_do_not_care_where_the_wall_clock_goes(int seconds) => Run(async reactor =>
    {
        using var calls = new FaultyCalls();
        using HostProcess host = await Start(reactor, calls.Setup);
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        Probe client = Dial(reactor, port);
        await Echo(reactor, client);
        if (seconds == 0)
            calls.FreezeClock();
        Assert.Equal("set", await reactor.DeferToThread(() => host.Ask("later 300")));
        if (seconds != 0)
            calls.SetClock(TimeSpan.FromSeconds(seconds));
        await Echo(reactor, client);
        string[] passed = (await reactor.DeferToThread(host.ReadLine)).Split(' ');
        Assert.InRange(int.Parse(passed[0]), 300, 5_000);
        Assert.InRange(int.Parse(passed[1]), seconds, seconds == 0 ? 0 : seconds + 5);
    });

    [Fact]
    public void Memory_that_is_not_there_ends_the_connection_that_wanted_it() => Run(async reactor =>
    {
        using HostProcess host = await Start(reactor, "export DOTNET_GCHeapHardLimit=0x8000000"); // 128 MiB
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        Probe old = Dial(reactor, port);
        await Echo(reactor, old);
        Probe greedy = Dial(reactor, port);
        await greedy.Made;
        greedy.Transport.Write("oom!"u8);
        await greedy.Lost;
        Assert.StartsWith("OutOfMemoryException: ", await reactor.DeferToThread(() => host.Ask("lost 1")),
            StringComparison.Ordinal);
        await Echo(reactor, old);
        Assert.Equal("1 open, 1 failures", await reactor.DeferToThread(() => host.Ask("state")));
    });

    [Fact]
    public void Without_a_thread_in_NETs_pool_timers_run_and_connections_are_served() => Run(async reactor =>
    {
        using HostProcess host = await Start(reactor);
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        Probe old = Dial(reactor, port);
        await Echo(reactor, old);
        Assert.Equal("starved", await reactor.DeferToThread(() => host.Ask("starve")));
        Assert.Equal("set", await reactor.DeferToThread(() => host.Ask("later 10")));
        Assert.EndsWith(" 0", await reactor.DeferToThread(host.ReadLine), StringComparison.Ordinal);
        old.Transport.Write("y"u8);
        Probe next = Dial(reactor, port);
        next.Made.AddCallback(() => next.Transport.Write("y"u8));
        if (NeedsPoolThreads)
            Assert.Equal("sated", await reactor.DeferToThread(() => host.Ask("sate")));
        await Until(reactor, () => old.Received.Count == 2 && next.Received.Count == 1);
        Assert.Equal("2 open, 0 failures", await reactor.DeferToThread(() => host.Ask("state")));
    });

    [Fact]
    public void A_server_that_is_killed_and_started_again_on_the_socket_of_its_parent_refuses_nobody() =>
        Run(async reactor =>
        {
            const int clients = 300;
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(clients);
            int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
            ProcessProbe server = await Serve(reactor, listener);
            int served = 0;
            int lost = 0;
            var refused = new List<Exception>();
            for (int i = 0; i < clients; i++)
            {
                Probe client = new() { OnMade = made => made.Transport.Write("x"u8), OnData = OnServed };
                client.Lost.AddCallback(_ => lost += client.Received.Count == 0 ? 1 : 0);
                reactor.ConnectTcp("127.0.0.1", port,
                    new ProbeClientFactory(client) { OnFailed = (_, reason) => refused.Add(reason) });
                await client.Made; // the system does that, whether a server runs or not
                if (i % 100 == 50) // with clients in every state
                {
                    await Until(reactor, () => served + lost > i / 2);
                    server.Transport.SignalProcess("KILL");
                    await server.Exited;
                    Serve(reactor, listener).AddCallback(next => server = next).Forget();
                }
            }
            await Until(reactor, () => served + lost == clients);
            Assert.Empty(refused);
            Assert.InRange(served, clients / 2, clients); // the rest had been accepted by one that was killed
            server.Transport.SignalProcess("KILL");
            await server.Ended;

            void OnServed(Probe client)
            {
                served++;
                client.Transport.LoseConnection();
            }
        });

    [Theory]
    [InlineData("writer", "ConnectionLostException: Connection to the other side was lost in a non-clean fashion.")]
    [InlineData("drain", "ConnectionDoneException: Connection was closed cleanly.")]
    public void SIGTERM_amid_a_write_drops_what_waits_unless_the_program_lets_it_go_first(string verb, string reason)
    {
        using var host = new HostProcess($"{verb} {Kind}");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.ReceiveBufferSize = 64 * 1024;
        socket.Connect(IPAddress.Loopback, int.Parse(host.ReadLine()));
        Assert.Equal("written", host.ReadLine());
        host.Signal(HostProcess.SIGTERM);
        string? told = verb == "writer" ? host.ReadLine() : null; // at once, though nobody reads
        int received = ReadAll(socket);
        Assert.Equal(reason, told ?? host.ReadLine());
        Assert.Equal(0, host.WaitForExit());
        if (verb == "drain")
            Assert.Equal(WriterHost.Bytes, received);
        else
            Assert.InRange(received, 1, WriterHost.Bytes - 1);
    }

    [Fact]
    public void A_storm_of_resets_leaves_nothing_behind_and_an_old_client_is_served_all_the_while()
    {
        using var host = new HostProcess($"echo {Kind}");
        int port = int.Parse(host.ReadLine());
        using var old = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        old.Connect(IPAddress.Loopback, port);
        old.ReceiveTimeout = 10_000;
        ResetStorm.Blow(port, ResetStorm.Default / 10); // what it allocates once
        HostReport before = WithoutTheStorm(host);
        int sockets = host.Sockets();
        var storm = new Thread(() => ResetStorm.Blow(port, ResetStorm.Chosen));
        storm.Start();
        int echoes = 0;
        for (byte one = 1; storm.IsAlive; one++, echoes++)
        {
            old.Send([one]);
            byte[] answer = new byte[2];
            Assert.Equal((1, one), (old.Receive(answer), answer[0]));
        }
        Assert.True(echoes > 5, $"{echoes} echoes");
        HostReport after = WithoutTheStorm(host);
        Assert.Equal(sockets, host.Sockets());
        Assert.InRange(after.ManagedBytes, 0, before.ManagedBytes + 2 * 1024 * 1024);
    }

    /// <summary>What a server holds when the last of the storm has gone: its one old client.</summary>
    private static HostReport WithoutTheStorm(HostProcess host)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            HostReport report = host.Report();
            if (report.Connections == 1)
                return report;
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(20), $"{report.Connections} connections are left");
        }
    }

    private Deferred<HostProcess> Start(IReactor reactor, string before = ":") =>
        reactor.DeferToThread(() => new HostProcess($"service {Kind} {Service}", before));

    /// <summary>Starts a server as systemd does, on a socket that stays ours.</summary>
    private async Deferred<ProcessProbe> Serve(IReactor reactor, Socket listener)
    {
        var server = new ProcessProbe();
        string host = Path.Combine(AppContext.BaseDirectory, "FaultHost.dll");
        ((IReactorProcess)reactor).SpawnProcess(server, new ProcessOptions("bash", "-c",
            $"LISTEN_PID=$$ LISTEN_FDS=1 exec dotnet \"$0\" service {Kind} systemd:INET:0", host)
        {
            KillAtShutdown = true,
            ChildDescriptors = new Dictionary<int, ChildDescriptor>
            {
                [0] = ChildDescriptor.WritePipe,
                [1] = ChildDescriptor.ReadPipe,
                [2] = ChildDescriptor.Inherited,
                [3] = ChildDescriptor.From(listener.SafeHandle),
            },
        });
        await server.Made;
        return server;
    }

    private static async Deferred Echo(IReactor reactor, Probe client)
    {
        await client.Made;
        int received = client.Received.Count;
        client.Transport.Write("y"u8);
        await Until(reactor, () => client.Received.Count > received || client.LostCount > 0);
        Assert.Equal(0, client.LostCount);
    }

    private static int ReadAll(Socket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        int total = 0;
        while (socket.Receive(buffer) is > 0 and var count)
        {
            for (int i = 0; i < count; i++, total++)
                Assert.Equal((byte)(total * 31 + (total >> 8)), buffer[i]);
        }
        return total;
    }
}
