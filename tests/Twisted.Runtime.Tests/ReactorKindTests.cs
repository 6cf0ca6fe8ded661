using System.Net;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>Which reactor is made, and what each of them has beyond the contracts.</summary>
public class ReactorKindTests
{
    [Theory]
    [InlineData(ReactorKind.Automatic, "EpollReactor")]
    [InlineData(ReactorKind.Epoll, "EpollReactor")]
    [InlineData(ReactorKind.Portable, "PortableReactor")]
    public void Each_kind_is_made(ReactorKind kind, string type) =>
        Assert.Equal(type, TestReactors.Create(kind).GetType().Name);

    [Fact]
    public void An_unknown_kind_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TestReactors.Create((ReactorKind)99));

    [Fact]
    public void The_limit_of_descriptors_is_the_systems()
    {
        string line = File.ReadLines("/proc/self/limits")
            .Single(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        Assert.Equal(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], $"{Reactor.DescriptorLimit}");
    }

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void Two_sockets_share_a_port_when_both_ask_for_it(ReactorKind kind)
    {
        IReactor reactor = TestReactors.Create(kind);
        bool shared = false;
        reactor.CallWhenRunning(() =>
        {
            var tcp = (IReactorTcpOptions)reactor;
            var sharing = new TcpListenOptions { Address = "127.0.0.1", ReusePort = true };
            IListeningPort first = tcp.ListenTcp(0, Factory.For(() => new Silent()), sharing);
            int number = first.Host.Port;
            IListeningPort second = tcp.ListenTcp(number, Factory.For(() => new Silent()), sharing);
            shared = second.Host.Port == number;
            Assert.Throws<CannotListenException>(
                () => tcp.ListenTcp(number, Factory.For(() => new Silent()), sharing with { ReusePort = false }));
            reactor.Stop();
        });
        reactor.CallLater(TimeSpan.FromSeconds(5), reactor.Stop);
        reactor.Run();
        Assert.True(shared);
    }

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void An_address_in_use_cannot_be_bound_to(ReactorKind kind)
    {
        IReactor reactor = TestReactors.Create(kind);
        var factory = new ProbeClientFactory { OnFailed = (_, _) => reactor.Stop() };
        reactor.CallWhenRunning(() =>
        {
            int port = reactor.ListenTcp(0, Factory.For(() => new Silent()), "127.0.0.1").Host.Port;
            reactor.ConnectTcp("127.0.0.1", port, factory, bindAddress: new IPEndPoint(IPAddress.Loopback, port));
        });
        reactor.CallLater(TimeSpan.FromSeconds(5), reactor.Stop);
        reactor.Run();
        Assert.Contains($"failed {nameof(ConnectBindException)}", factory.Events);
    }

    private sealed class Silent : Protocol;
}
