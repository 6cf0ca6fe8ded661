using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Logging;
using Twisted.Testing;

namespace Twisted.Daemon.Tests;

/// <summary>What a maker is given, and what the tool makes of the maker's service.</summary>
public class ApplicationContextTests
{
    private static readonly TwistdSettings Settings = new()
    {
        NoDaemon = true,
        LogFormat = LogFormat.Text,
        LogLevel = LogLevel.Information,
        ReactorName = "default",
        MaxConnections = 1,
        DrainTimeout = TimeSpan.FromSeconds(1),
    };

    private readonly MemoryReactor _reactor = new(new VirtualClock());

    [Fact]
    public void Every_server_of_a_service_is_part_of_the_status()
    {
        IService service = Make((_, application) =>
        {
            var both = new MultiService();
            both.AddService(application.Serve("tcp:7", Factory.For(() => new Quiet()))).Forget();
            both.AddService(application.Serve("tcp:9", Factory.For(() => new Quiet()))).Forget();
            return both;
        });
        service.PrivilegedStartService().Forget();
        service.StartService().Forget();
        Assert.Matches(@"\AServing \S+ on tcp:\S+:7, Serving \S+ on tcp:\S+:9\z", $"{service}");
    }

    [Fact]
    public void A_service_without_a_server_is_its_own_status() =>
        Assert.Equal("Idle", $"{Make((_, _) => new Idle())}");

    [Fact]
    public void A_maker_that_makes_nothing_is_told_by_name() =>
        Assert.Contains("made no service",
            Assert.Throws<InvalidOperationException>(() => Make((_, _) => null!)).Message);

    [Fact]
    public void A_daemon_has_no_standard_streams_to_serve() => Assert.Equal(
        "A daemon has no standard streams for 'stdio:': stay with -n.",
        Assert.Throws<FormatException>(() => Make(
            (_, application) => application.Serve("stdio:", Factory.For(() => new Quiet())),
            Settings with { NoDaemon = false })).Message);

    [Fact]
    public void The_tools_limit_of_connections_holds()
    {
        IService service = Make((_, application) => application.Serve("tcp:7", Factory.For(() => new Quiet())));
        service.PrivilegedStartService().Forget();
        service.StartService().Forget();
        Assert.True(_reactor.Connect(7).IsConnected);
        Assert.False(_reactor.Connect(7).IsConnected);
    }

    private IService Make(
        Func<PortOptions, IApplicationContext, IService> make, TwistdSettings? settings = null) =>
        ServerService.Make(
            new Maker(make), new PortOptions(), settings ?? Settings, _reactor.Reactor, NullLoggerFactory.Instance);

    private sealed class Maker(Func<PortOptions, IApplicationContext, IService> make) : ServiceMaker<PortOptions>
    {
        public override IService MakeService(PortOptions options, IApplicationContext application) =>
            make(options, application);
    }

    private sealed class Idle : Service;

    private sealed class Quiet : Protocol;
}
