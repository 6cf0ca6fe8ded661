using System.Net;
using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>RFC 8305 in virtual time.</summary>
public class HostnameEndpointTests
{
    private static readonly IPAddress Six1 = IPAddress.Parse("2001:db8::1");
    private static readonly IPAddress Six2 = IPAddress.Parse("2001:db8::2");
    private static readonly IPAddress Four1 = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Four2 = IPAddress.Parse("192.0.2.2");

    private readonly MemoryReactor _memory = new(new VirtualClock());
    private readonly List<EndPoint> _served = [];
    private IProtocol? _connected;
    private Exception? _failure;

    public HostnameEndpointTests() =>
        _memory.Reactor.ListenTcp(80, Factory.For(() => new Noting(this)));

    [Fact]
    public void The_first_address_that_answers_is_used()
    {
        _memory.AddHost("host", Six1, Four1);
        Connect();
        _memory.Clock.Advance(TimeSpan.Zero);
        AssertConnectedTo(Six1);
        AssertNothingWaits();
    }

    [Fact]
    public void Families_take_turns_and_IPv6_begins()
    {
        _memory.AddHost("host", Four1, Four2, Six1, Six2);
        foreach (IPAddress address in new[] { Six1, Four1, Six2, Four2 })
            _memory.AddRefusingHost(address);
        Connect();
        _memory.Clock.Advance(TimeSpan.Zero);
        var failure = Assert.IsType<ConnectionRefusedException>(_failure);
        var all = Assert.IsType<AllAddressesFailedException>(failure.InnerException);
        Assert.Equal([Six1, Four1, Six2, Four2], all.Failures.Select(one => ((IPEndPoint)one.Address).Address));
        Assert.Contains("[2001:db8::1]:80: Connection was refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_address_is_tried_beside_a_silent_one_after_250_ms()
    {
        _memory.AddHost("host", Six1, Four1);
        _memory.AddBlackHole(Six1);
        Connect();
        _memory.Clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Null(_connected);
        _memory.Clock.Advance(TimeSpan.FromMilliseconds(1));
        AssertConnectedTo(Four1);
        AssertNothingWaits();
    }

    [Fact]
    public void A_failure_starts_the_next_attempt_at_once()
    {
        _memory.AddHost("host", Six1, Four1);
        _memory.AddRefusingHost(Six1, TimeSpan.FromMilliseconds(10));
        Connect();
        _memory.Clock.Advance(TimeSpan.FromMilliseconds(10));
        AssertConnectedTo(Four1);
    }

    [Fact]
    public void An_early_attempt_may_still_win_while_later_ones_run()
    {
        _memory.AddHost("host", Six1, Four1);
        _memory.AddSlowHost(Six1, TimeSpan.FromMilliseconds(300));
        _memory.AddSlowHost(Four1, TimeSpan.FromMilliseconds(300));
        Connect();
        _memory.Clock.Advance(TimeSpan.FromMilliseconds(300));
        AssertConnectedTo(Six1);
        _memory.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Single(_served);
        AssertNothingWaits();
    }

    [Fact]
    public void An_attempt_has_a_limit_of_its_own()
    {
        _memory.AddHost("host", Six1);
        _memory.AddBlackHole(Six1);
        Connect(new TcpConnectOptions { AttemptTimeout = TimeSpan.FromSeconds(3) });
        _memory.Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Null(_failure);
        _memory.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("User timeout caused connection failure.",
            Assert.IsType<ConnectTimeoutException>(_failure).Message);
    }

    [Fact]
    public void All_of_it_has_a_limit_and_the_failure_lists_what_is_known()
    {
        _memory.AddHost("host", Six1, Four1);
        _memory.AddBlackHole(Six1);
        _memory.AddRefusingHost(Four1);
        Connect(new TcpConnectOptions { Timeout = TimeSpan.FromSeconds(5) });
        _memory.Clock.Advance(TimeSpan.FromSeconds(5));
        string text = Assert.IsType<ConnectTimeoutException>(_failure).Message;
        Assert.Contains("192.0.2.1:80: Connection was refused", text, StringComparison.Ordinal);
        Assert.Contains("[2001:db8::1]:80: User timeout", text, StringComparison.Ordinal);
        AssertNothingWaits();
    }

    [Fact]
    public void Different_failures_are_all_told()
    {
        _memory.AddHost("host", Six1, Four1);
        _memory.AddBlackHole(Six1);
        _memory.AddRefusingHost(Four1);
        Connect(new TcpConnectOptions { AttemptTimeout = TimeSpan.FromSeconds(1) });
        _memory.Clock.Advance(TimeSpan.FromSeconds(1));
        var all = Assert.IsType<AllAddressesFailedException>(_failure);
        Assert.Equal(
            [typeof(ConnectionRefusedException), typeof(ConnectTimeoutException)],
            all.Failures.Select(one => one.Reason.GetType()));
    }

    [Fact]
    public void A_single_failure_stays_itself()
    {
        _memory.AddHost("host", Four1);
        _memory.AddRefusingHost(Four1);
        Connect();
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.Null(Assert.IsType<ConnectionRefusedException>(_failure).InnerException);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("unknown")]
    public void A_name_without_addresses_is_a_failed_lookup(string host)
    {
        _memory.AddHost("empty");
        Connect(host: host);
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.Contains(host, Assert.IsType<DnsLookupException>(_failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_every_attempt()
    {
        _memory.AddHost("host", Six1, Four1);
        _memory.AddSlowHost(Six1, TimeSpan.FromSeconds(1));
        _memory.AddSlowHost(Four1, TimeSpan.FromSeconds(1));
        Deferred connecting = Connect();
        _memory.Clock.Advance(TimeSpan.FromMilliseconds(300));
        connecting.Cancel();
        Assert.IsType<ConnectingCancelledException>(_failure);
        _memory.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(_served);
        AssertNothingWaits();
    }

    [Fact]
    public void Only_addresses_of_the_family_of_the_local_address_are_tried()
    {
        _memory.AddHost("host", Six1, Four1);
        Connect(new TcpConnectOptions { BindAddress = new IPEndPoint(IPAddress.Loopback, 0) });
        _memory.Clock.Advance(TimeSpan.Zero);
        AssertConnectedTo(Four1);

        _connected = null;
        Connect(new TcpConnectOptions { BindAddress = new IPEndPoint(IPAddress.IPv6Loopback, 0) }, "localhost");
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.Contains("no address of the family", Assert.IsType<DnsLookupException>(_failure).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_IPv4_address_waits_50_ms_for_an_IPv6_one_that_the_resolver_finds_later()
    {
        var names = new ResolverByHand();
        ((IReactorNameResolver)_memory.Reactor).InstallNameResolver(names);
        Connect();
        _memory.Clock.Advance(TimeSpan.Zero);
        names.Receiver!.AddressResolved(Four1);
        _memory.Clock.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Null(_connected);
        names.Receiver.AddressResolved(Six1);
        _memory.Clock.Advance(TimeSpan.Zero);
        AssertConnectedTo(Six1);
        Assert.True(names.IsCancelled);
    }

    [Fact]
    public void An_IPv4_address_is_used_when_no_other_comes_in_50_ms()
    {
        var names = new ResolverByHand();
        ((IReactorNameResolver)_memory.Reactor).InstallNameResolver(names);
        Connect();
        _memory.Clock.Advance(TimeSpan.Zero);
        names.Receiver!.AddressResolved(Four1);
        _memory.Clock.Advance(TimeSpan.FromMilliseconds(50));
        AssertConnectedTo(Four1);
        AssertNothingWaits();
    }

    [Fact]
    public void An_address_that_comes_after_all_others_have_failed_is_tried()
    {
        var names = new ResolverByHand();
        ((IReactorNameResolver)_memory.Reactor).InstallNameResolver(names);
        _memory.AddRefusingHost(Six1);
        Connect();
        _memory.Clock.Advance(TimeSpan.Zero);
        names.Receiver!.AddressResolved(Six1);
        _memory.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_failure);
        names.Receiver.AddressResolved(Four1);
        _memory.Clock.Advance(TimeSpan.Zero);
        AssertConnectedTo(Four1);
    }

    [Fact]
    public void A_client_string_with_a_name_does_the_same()
    {
        _memory.AddHost("host", Six1, Four1);
        _memory.AddBlackHole(Six1);
        Note(Endpoints.Client(_memory.Reactor, "tcp:host:80").Connect(() => new Noting(this)));
        _memory.Clock.Advance(TimeSpan.FromMilliseconds(250));
        AssertConnectedTo(Four1);
    }

    private Deferred Connect(TcpConnectOptions? options = null, string host = "host") =>
        Note(new HostnameEndpoint(_memory.Reactor, host, 80) { Options = options ?? new() }
            .Connect(() => new Noting(this)));

    private Deferred Note(Deferred<Noting> connecting) => connecting.AddCallbacks(
        protocol => { _connected = protocol; }, failure => { _failure = failure; });

    private void AssertConnectedTo(IPAddress address)
    {
        Assert.Null(_failure);
        var protocol = Assert.IsType<Noting>(_connected);
        Assert.Equal(address.ToString(), protocol.Transport.Peer.Host);
    }

    private void AssertNothingWaits() => Assert.Empty(_memory.Reactor.DelayedCalls);

    private sealed class Noting(HostnameEndpointTests test) : Protocol
    {
        protected override void ConnectionMade()
        {
            if (Transport.Host.Port == 80)
                test._served.Add(Transport.Host);
        }
    }

    private sealed class ResolverByHand : INameResolver, IHostResolution
    {
        internal IResolutionReceiver? Receiver { get; private set; }

        internal bool IsCancelled { get; private set; }

        public string Name => "host";

        public void Cancel() => IsCancelled = true;

        public IHostResolution ResolveHostName(string host, IResolutionReceiver receiver)
        {
            Receiver = receiver;
            receiver.ResolutionBegan(this);
            return this;
        }
    }
}
