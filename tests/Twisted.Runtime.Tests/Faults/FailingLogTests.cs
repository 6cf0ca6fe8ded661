using Microsoft.Extensions.Logging;
using Twisted.Conformance;
using Twisted.Processes;

namespace Twisted.Tests;

public class FailingLogTests : FaultTests
{
    private const int EIO = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("log-").FullName;

    public override void Dispose()
    {
        GC.SuppressFinalize(this);
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [PeerFact(Peers.Root, TwoHosts.Unshare)]
    public void A_full_disk_costs_lines_of_the_log_and_nothing_else() => Run(async reactor =>
    {
        // A file system of its own, which nobody else sees and which ends with the process.
        using HostProcess host = await reactor.DeferToThread(() => new HostProcess($"log {Kind} {_folder}",
            $"mount -t tmpfs -o size=64k none {_folder}", TwoHosts.Unshare, "-m"));
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        Probe old = await Talk(reactor, Dial(reactor, port));
        Assert.Equal("full", await reactor.DeferToThread(() => host.Ask("fill")));
        for (int i = 0; i < 100; i++)
            await Talk(reactor, old);
        Probe next = await Talk(reactor, Dial(reactor, port));
        await Suffers(reactor, host);

        Assert.Equal("free", await reactor.DeferToThread(() => host.Ask("free")));
        await Talk(reactor, next, bytes: 77);
        Assert.Contains(" 77 bytes", await reactor.DeferToThread(() => host.Ask("last")), StringComparison.Ordinal);
        Assert.Matches(@"^(\d+) lost, told: .*#error\] Messages lost before this one: \1\. .*space",
            await reactor.DeferToThread(() => host.Ask("gap")));
        host.EndInput();
        Assert.Equal(0, await reactor.DeferToThread(host.WaitForExit));
    });

    [PeerFact(FaultyCalls.Compiler)]
    public void A_broken_disk_costs_lines_of_the_log_and_nothing_else() => Run(async reactor =>
    {
        using var calls = new FaultyCalls();
        using HostProcess host = await reactor.DeferToThread(() =>
            new HostProcess($"log {Kind} {_folder}", calls.Setup));
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        Probe old = await Talk(reactor, Dial(reactor, port));
        calls.Fail(FaultyCalls.Call.Write, EIO);
        await Talk(reactor, old);
        Probe next = await Talk(reactor, Dial(reactor, port));
        Assert.True(calls.Failed(FaultyCalls.Call.Write) > 2);
        await Suffers(reactor, host);

        calls.Mend(FaultyCalls.Call.Write);
        await Talk(reactor, next, bytes: 77);
        Assert.Contains(" 77 bytes", await reactor.DeferToThread(() => host.Ask("last")), StringComparison.Ordinal);
        host.EndInput();
        Assert.Equal(0, await reactor.DeferToThread(host.WaitForExit));
    });

    /// <summary>Lines were counted, and the log of the traffic was given up, with one report.</summary>
    private static async Deferred Suffers(IReactor reactor, HostProcess host) =>
        Assert.Matches("^[1-9][0-9]* lost, 1 failures$", await reactor.DeferToThread(() => host.Ask("state")));

    private static async Deferred<Probe> Talk(IReactor reactor, Probe client, int bytes = 10)
    {
        await client.Made;
        int before = client.Received.Count;
        client.Transport.Write(new byte[bytes]);
        await Until(reactor, () => client.Received.Count == before + bytes || client.LostCount > 0);
        Assert.Equal(0, client.LostCount);
        return client;
    }

    [Fact]
    public void A_log_that_throws_ends_neither_the_loop_nor_a_server()
    {
        IReactor reactor = Reactor.Create(new ReactorOptions
        {
            Kind = Kind,
            HandleSignals = false,
            Logging = new FullDisk(),
        });
        var reported = new List<string>();
        bool ranAfter = false;
        IListeningPort port = reactor.ListenTcp(0, () => new Silent(), "127.0.0.1"); // logs, too
        reactor.UnhandledFailure += failure => reported.Add(failure.Exception.Message);
        reactor.CallLater(TimeSpan.Zero, () => throw new InvalidDataException("user code"));
        reactor.CallLater(TimeSpan.FromMilliseconds(1), () =>
        {
            ranAfter = true;
            reactor.Stop();
        });
        reactor.Run();
        Assert.True(ranAfter);
        Assert.NotEqual(0, port.Host.Port);
        Assert.Equal(["user code"], reported);
    }

    private sealed class Silent : Protocol;

    private sealed class FullDisk : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => throw new IOException("No space left on device");
    }
}
