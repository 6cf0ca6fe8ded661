using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>Names on the real reactor.</summary>
public class NameTests : ReactorContract
{
    protected override IReactor CreateReactor() => Reactor.Create(new ReactorOptions
    {
        HandleSignals = false,
        Logging = NullLoggerFactory.Instance,
        Hosts = new Dictionary<string, IReadOnlyList<IPAddress>>
        {
            ["service.example"] = [IPAddress.IPv6Loopback, IPAddress.Loopback],
        },
    });

    [Fact]
    public void A_name_of_the_options_is_connected_to_over_the_address_that_listens() => Run(async reactor =>
    {
        IListeningPort port = reactor.ListenTcp(0, Factory.For(() => new Silent()), "127.0.0.1");
        Silent client = await new HostnameEndpoint(reactor, "service.example", port.Host.Port)
            .ConnectProtocol(new Silent());
        Assert.Equal("127.0.0.1", client.Peer);
        await port.StopListening();
    });

    [Fact]
    public void The_systems_resolver_knows_localhost() => Run(async reactor =>
        Assert.Contains(IPAddress.Loopback, await ((IReactorNames)reactor).Resolve("localhost")));

    [Fact]
    public void A_name_that_can_not_exist_fails() => Run(async reactor =>
    {
        Exception? failure = null;
        await ((IReactorNames)reactor).Resolve("nowhere.invalid").AddCallbacks(_ => { }, e => { failure = e; });
        Assert.IsType<DnsLookupException>(failure);
    });

    [Fact]
    public void Lookups_do_not_wait_for_busy_threads() => Run(async reactor =>
    {
        using var release = new ManualResetEventSlim();
        reactor.SuggestThreadPoolSize(1);
        Deferred busy = reactor.DeferToThread(() => release.Wait());
        await ((IReactorNames)reactor).Resolve("localhost");
        Assert.False(busy.IsFired);
        release.Set();
        await busy;
    });

    private sealed class Silent : Protocol
    {
        internal string? Peer { get; private set; }

        protected override void ConnectionMade() => Peer = Transport.Peer.Host;
    }
}
