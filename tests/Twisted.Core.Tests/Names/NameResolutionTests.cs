using System.Net;
using Twisted.Testing;

namespace Twisted.Tests;

public class NameResolutionTests
{
    private readonly MemoryReactor _memory = new(new VirtualClock());
    private readonly RecordingResolver _names = new();
    private IReadOnlyList<IPAddress>? _addresses;
    private Exception? _failure;

    [Fact]
    public void The_reactors_own_resolver_streams_its_addresses()
    {
        _memory.AddHost("host", IPAddress.Loopback, IPAddress.IPv6Loopback);
        var receiver = new Receiver();
        IHostResolution resolution = Names.NameResolver.ResolveHostName("host", receiver);
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.Equal("host", resolution.Name);
        Assert.Equal(["began host", "127.0.0.1", "::1", "complete"], receiver.Events);
    }

    [Fact]
    public void A_failed_lookup_completes_with_its_failure()
    {
        var receiver = new Receiver();
        Names.NameResolver.ResolveHostName("nowhere", receiver);
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.Equal(["began nowhere", "failed"], receiver.Events);
    }

    [Fact]
    public void A_cancelled_lookup_tells_nothing_more()
    {
        _memory.AddHost("host", IPAddress.Loopback);
        var receiver = new Receiver();
        Names.NameResolver.ResolveHostName("host", receiver).Cancel();
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.Equal(["began host"], receiver.Events);
    }

    [Fact]
    public void A_receiver_that_cancels_at_the_first_address_hears_of_no_second()
    {
        _memory.AddHost("host", IPAddress.Loopback, IPAddress.IPv6Loopback);
        var receiver = new Receiver { CancelsAtFirst = true };
        Names.NameResolver.ResolveHostName("host", receiver);
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.Equal(["began host", "127.0.0.1"], receiver.Events);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void An_address_needs_no_resolver(string address)
    {
        Install();
        Resolve(address);
        Assert.Equal([IPAddress.Parse(address)], _addresses!);
        Assert.Empty(_names.Asked);
    }

    [Theory]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("Example.COM", "Example.COM")]
    [InlineData("with_underscore.example.", "with_underscore.example.")]
    public void A_resolver_is_asked_in_ASCII(string host, string asked)
    {
        Install();
        Resolve(host);
        Assert.Equal([asked], _names.Asked);
    }

    [Theory]
    [InlineData("two..dots", "between dots")]
    [InlineData(".", "between dots")]
    [InlineData("nul\0byte", "control characters")]
    [InlineData("a b", "blanks")]
    [InlineData("ünder..dots", "is no host name")]
    public void What_can_be_no_name_is_not_asked(string host, string why)
    {
        Install();
        Resolve(host);
        Assert.Contains(why, Assert.IsType<DnsLookupException>(_failure).Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', _failure.Message);
        Assert.Empty(_names.Asked);
    }

    [Fact]
    public void A_name_is_no_longer_than_253_characters()
    {
        Install();
        Resolve(string.Join('.', Enumerable.Repeat(new string('a', 63), 4)));
        Assert.Contains("longer than 253", Assert.IsType<DnsLookupException>(_failure).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_lookup_without_an_answer_ends_after_30_seconds_and_is_cancelled()
    {
        Install();
        Resolve("host");
        _memory.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(_failure);
        _memory.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("no answer within 30 seconds", Assert.IsType<DnsLookupException>(_failure).Message,
            StringComparison.Ordinal);
        Assert.True(_names.IsCancelled);
        Janitor.AssertClean(_memory.Clock);
    }

    [Fact]
    public void Addresses_that_came_before_the_deadline_are_kept()
    {
        Install();
        Resolve("host");
        _names.Receiver!.AddressResolved(IPAddress.Loopback);
        _memory.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal([IPAddress.Loopback], _addresses!);
    }

    [Fact]
    public void Cancelling_cancels_the_lookup()
    {
        Install();
        Resolve("host").Cancel();
        Assert.IsType<CancelledException>(_failure);
        Assert.True(_names.IsCancelled);
        Janitor.AssertClean(_memory.Clock);
    }

    [Fact]
    public void An_empty_answer_is_a_failure()
    {
        Install();
        Resolve("host");
        _names.Receiver!.ResolutionComplete(null);
        Assert.Contains("host has no address", Assert.IsType<DnsLookupException>(_failure).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_1000_addresses_and_repeated_ones_are_dropped()
    {
        Install();
        Resolve("host");
        for (int i = 0; i < 3000; i++)
            _names.Receiver!.AddressResolved(new IPAddress(0x0100_0000L + (i / 2)));
        _names.Receiver!.ResolutionComplete(null);
        Assert.Equal(1000, _addresses!.Distinct().Count());
        Assert.Equal(1000, _addresses!.Count);
    }

    [Fact]
    public void A_resolver_that_throws_fails_the_lookup()
    {
        Names.InstallNameResolver(new ThrowingResolver());
        Resolve("host");
        Assert.Contains("out of order", Assert.IsType<DnsLookupException>(_failure).Message, StringComparison.Ordinal);
        Janitor.AssertClean(_memory.Clock);
    }

    [Fact]
    public void An_installed_resolver_answers_for_connections_too()
    {
        INameResolver before = Names.InstallNameResolver(new HostsNameResolver(
            new Dictionary<string, IReadOnlyList<IPAddress>> { ["api.example"] = [IPAddress.Loopback] },
            Names.NameResolver));
        _memory.Reactor.ListenTcp(80, Factory.For(() => new Silent()));
        Silent? connected = null;
        new TcpClientEndpoint(_memory.Reactor, "API.example", 80).Connect(() => new Silent())
            .AddCallback(protocol => { connected = protocol; }).Forget();
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.NotNull(connected);

        Resolve("localhost"); // the one before is asked
        Assert.Equal([IPAddress.Loopback], _addresses!);
        Assert.NotSame(before, Names.NameResolver);
    }

    [Fact]
    public void A_hosts_resolver_alone_knows_no_other_name()
    {
        Names.InstallNameResolver(new HostsNameResolver(new Dictionary<string, IReadOnlyList<IPAddress>>()));
        Resolve("localhost");
        Assert.Contains("no such host", Assert.IsType<DnsLookupException>(_failure).Message, StringComparison.Ordinal);
    }

    private IReactorNameResolver Names => (IReactorNameResolver)_memory.Reactor;

    private void Install() => Names.InstallNameResolver(_names);

    private Deferred Resolve(string host)
    {
        Deferred resolving = ((IReactorNames)_memory.Reactor).Resolve(host)
            .AddCallbacks(addresses => { _addresses = addresses; }, failure => { _failure = failure; });
        _memory.Clock.Advance(TimeSpan.Zero);
        return resolving;
    }

    private sealed class Silent : Protocol;

    private sealed class Receiver : IResolutionReceiver
    {
        private IHostResolution? _resolution;

        internal List<string> Events { get; } = [];

        internal bool CancelsAtFirst { get; init; }

        public void ResolutionBegan(IHostResolution resolution)
        {
            _resolution = resolution;
            Events.Add($"began {resolution.Name}");
        }

        public void AddressResolved(IPAddress address)
        {
            Events.Add(address.ToString());
            if (CancelsAtFirst)
                _resolution!.Cancel();
        }

        public void ResolutionComplete(DnsLookupException? failure) =>
            Events.Add(failure is null ? "complete" : "failed");
    }

    private sealed class RecordingResolver : INameResolver, IHostResolution
    {
        internal List<string> Asked { get; } = [];

        internal IResolutionReceiver? Receiver { get; private set; }

        internal bool IsCancelled { get; private set; }

        public string Name => Asked[^1];

        public void Cancel() => IsCancelled = true;

        public IHostResolution ResolveHostName(string host, IResolutionReceiver receiver)
        {
            Asked.Add(host);
            Receiver = receiver;
            receiver.ResolutionBegan(this);
            return this;
        }
    }

    private sealed class ThrowingResolver : INameResolver
    {
        public IHostResolution ResolveHostName(string host, IResolutionReceiver receiver) =>
            throw new InvalidOperationException("out of order");
    }
}
