using System.Text;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary><c>process:</c> strings that run real programs.</summary>
public class ProcessStringTests : FaultTests
{
    private static Deferred<Probe> Start(IReactor reactor, string description) =>
        Endpoints.Client(reactor, description).Connect(() => new Probe());

    private static async Deferred<string> Output(IReactor reactor, string description)
    {
        Probe probe = await Start(reactor, description);
        Assert.IsType<ConnectionDoneException>(await probe.Lost);
        return Encoding.UTF8.GetString([.. probe.Received]);
    }

    [Theory]
    [InlineData("process:/bin/cat")]
    [InlineData("process:cat:-")]
    [InlineData("process:file=cat:cwd=/")]
    public void A_program_is_a_connection(string description) => Run(async reactor =>
    {
        Probe cat = await Start(reactor, description);
        cat.Transport.Write("hello"u8);
        await Until(reactor, () => cat.Received.Count == 5);
        Assert.Equal("hello"u8.ToArray(), cat.Received);
        cat.Transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await cat.Lost);
    });

    [Fact]
    public void Arguments_arrive_as_they_are() => Run(async reactor => Assert.Equal("a b||c:d|e=f|",
        await Output(reactor, $@"process:printf:%s|:a b::{Endpoints.Quote("c:d")}:e\=f")));

    [Fact]
    public void It_starts_in_its_folder() => Run(async reactor =>
        Assert.Equal("/usr/bin\n", await Output(reactor, "process:/bin/pwd:-P:cwd=/usr/bin")));

    [Fact]
    public void A_program_that_fails_tells_its_code() => Run(async reactor =>
    {
        Probe probe = await Start(reactor, "process:sh:-c:exit 3");
        Assert.Equal(3, Assert.IsType<ProcessTerminatedException>(await probe.Lost).ExitCode);
    });

    [Theory]
    [InlineData("process:/does/not/exist")]
    [InlineData("process:/bin/cat:cwd=/does/not/exist")]
    public void What_cannot_be_run_fails_the_connection(string description) => Run(async reactor =>
    {
        var failure = await Assert.ThrowsAsync<CannotSpawnException>(() => Start(reactor, description).AsTask());
        Assert.Contains("/does/not/exist", failure.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("sh:-c:kill -9 $$")]
    [InlineData("/bin/true")]
    [InlineData("/does/not/exist")]
    public void Its_factory_is_started_and_stopped(string program) => Run(async reactor =>
    {
        var probe = new Probe();
        var factory = new ProbeClientFactory(probe);
        await Endpoints.Client(reactor, $"process:{program}").Connect(factory).AddErrback(_ => null!);
        await Until(reactor, () => factory.Events[^1] == "stop");
        Assert.Equal(["start", "build", "stop"], factory.Events);
    });
}

public class PortableProcessStringTests : ProcessStringTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}

/// <summary>What the portable reactor cannot do for a child says so.</summary>
public class PortableProcessTests : FaultTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;

    public static TheoryData<string, ProcessOptions> Unable => new()
    {
        { "give a child a terminal", new("/bin/true") { UsePty = true } },
        { "run a child as another user", new("/bin/true") { UserId = 65534 } },
        { "run a child as another user", new("/bin/true") { GroupId = 65534 } },
        { "give a child another name (ArgumentZero)", new("/bin/true") { ArgumentZero = "other" } },
        { "give a child descriptor 3", With(3, ChildDescriptor.ReadPipe) },
        { "give a child such a descriptor 0", With(0, ChildDescriptor.ReadPipe) },
    };

    private static ProcessOptions With(int number, ChildDescriptor descriptor) =>
        new("/bin/true") { ChildDescriptors = new Dictionary<int, ChildDescriptor> { [number] = descriptor } };

    [Theory]
    [MemberData(nameof(Unable), DisableDiscoveryEnumeration = true)]
    public void Options_that_it_has_not_are_named(string what, ProcessOptions options) => Run(reactor =>
    {
        var probe = new ProcessProbe();
        var failure = Assert.Throws<PlatformNotSupportedException>(
            () => { ((IReactorProcess)reactor).SpawnProcess(probe, options); });
        Assert.StartsWith($"The portable reactor cannot {what}", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("On Linux use ReactorKind.Epoll.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(probe.Events);
        return Deferred.Succeed();
    });

    [Fact]
    public void Of_signals_it_has_Kill_only() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        ((IReactorProcess)reactor).SpawnProcess(probe, new("/bin/cat"));
        var failure = Assert.Throws<PlatformNotSupportedException>(
            () => probe.Transport.SignalProcess(System.Runtime.InteropServices.PosixSignal.SIGTERM));
        Assert.Contains("send SIGTERM: only Kill", failure.Message, StringComparison.Ordinal);
        probe.Transport.Kill();
        await probe.Ended;
    });
}
