using System.Net;

namespace Twisted.Tests;

/// <summary>A lookup over any resolver, and over the driver's own.</summary>
public class HostLookupTests : EngineTest
{
    private readonly ScriptedNames _names = new();
    private readonly List<string> _told = [];
    private Exception? _failure;

    private HostLookup Begin(string host = "name.example")
    {
        var lookup = new HostLookup(Loop, host, address => _told.Add($"{address}"), failure =>
        {
            _failure = failure;
            _told.Add(failure is null ? "end" : "failed");
        });
        lookup.Begin();
        return lookup;
    }

    private HostLookup BeginScripted()
    {
        Loop.InstallNameResolver(_names);
        return Begin();
    }

    /// <summary>The threads for lookups do their work and the reactor hears of it.</summary>
    private void Resolve()
    {
        DoWork();
        Step();
    }

    [Fact]
    public void After_it_was_cancelled_nothing_is_told_whatever_the_resolver_says()
    {
        HostLookup lookup = BeginScripted();
        _names.Find("10.0.0.1");
        lookup.Cancel();
        _names.Find("10.0.0.2");
        _names.End();
        Assert.Equal(["10.0.0.1"], _told);
        Assert.Equal(1, _names.Cancels);
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public void The_end_is_told_once_and_nothing_after_it()
    {
        BeginScripted();
        _names.Find("10.0.0.1", "10.0.0.1");
        _names.End();
        _names.Find("10.0.0.2");
        _names.End();
        _names.End(new DnsLookupException("late"));
        Assert.Equal(["10.0.0.1", "end"], _told);
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public void A_part_of_the_addresses_is_enough()
    {
        BeginScripted();
        _names.Find("10.0.0.1");
        _names.End(new DnsLookupException("not all"));
        Assert.Equal(["10.0.0.1", "end"], _told);
    }

    [Fact]
    public void No_address_at_all_is_a_failure()
    {
        BeginScripted();
        _names.End();
        Assert.Equal(["failed"], _told);
        Assert.Equal("DNS lookup failed: name.example has no address.", _failure!.Message);
    }

    [Fact]
    public void A_resolver_that_is_done_before_it_returns_is_told_to_end_all_the_same()
    {
        _names.OnAsked = () =>
        {
            _names.Find("10.0.0.1");
            _names.End();
        };
        BeginScripted();
        Assert.Equal(["10.0.0.1", "end"], _told);
        Assert.Equal(1, _names.Cancels);
    }

    [Fact]
    public void What_a_resolver_said_has_begun_is_what_is_cancelled()
    {
        var began = new ScriptedNames();
        _names.Began = began;
        BeginScripted().Cancel();
        Assert.Equal((1, 0), (began.Cancels, _names.Cancels));
    }

    [Fact]
    public void A_resolver_that_never_answers_is_given_up()
    {
        BeginScripted();
        Pass(29.9);
        Assert.Empty(_told);
        Pass(0.1);
        Assert.Equal("DNS lookup failed: name.example: no answer within 30 seconds.", _failure!.Message);
        Assert.Equal(1, _names.Cancels);
    }

    [Fact]
    public void A_resolver_that_throws_has_found_nothing()
    {
        _names.OnAsked = () => throw new NotSupportedException("broken");
        BeginScripted();
        Assert.Equal("DNS lookup failed: name.example: broken", Assert.IsType<DnsLookupException>(_failure).Message);
        Assert.IsType<NotSupportedException>(_failure.InnerException);
        Assert.Equal(["failed"], _told);
    }

    [Fact]
    public void An_address_is_its_own_answer_and_nobody_is_asked()
    {
        Loop.InstallNameResolver(_names);
        Begin("10.0.0.1");
        Assert.Equal(["10.0.0.1", "end"], _told);
        Assert.Null(_names.Receiver);
    }

    [Fact]
    public void The_driver_looks_up_elsewhere_and_the_reactor_tells()
    {
        Driver.Names = _ => [IPAddress.Loopback, IPAddress.IPv6Loopback];
        Begin();
        DoWork();
        Assert.Empty(_told);
        Step();
        Assert.Equal(["127.0.0.1", "::1", "end"], _told);
    }

    [Fact]
    public void A_lookup_that_nobody_waits_for_any_more_takes_no_time_of_the_driver()
    {
        int asked = 0;
        Driver.Names = _ =>
        {
            asked++;
            return [IPAddress.Loopback];
        };
        Begin().Cancel();
        Resolve();
        Assert.Equal(0, asked);
        Assert.Empty(_told);
    }

    [Fact]
    public void A_lookup_that_is_given_up_while_it_is_told_tells_no_more()
    {
        Driver.Names = _ => [IPAddress.Loopback, IPAddress.IPv6Loopback];
        HostLookup? lookup = null;
        lookup = new HostLookup(Loop, "name.example", address =>
        {
            _told.Add($"{address}");
            lookup!.Cancel();
        }, _ => _told.Add("end"));
        lookup.Begin();
        Resolve();
        Assert.Equal(["127.0.0.1"], _told);
    }

    [Fact]
    public void A_failure_of_lookups_is_told_as_it_is_and_any_other_with_the_name()
    {
        var known = new DnsLookupException("DNS lookup failed: no such name.");
        Driver.Names = _ => throw known;
        Begin();
        Resolve();
        Assert.Same(known, _failure);
        Driver.Names = _ => throw new NotSupportedException("broken");
        Begin();
        Resolve();
        Assert.Equal("DNS lookup failed: name.example: broken", Assert.IsType<DnsLookupException>(_failure).Message);
        Assert.IsType<NotSupportedException>(_failure.InnerException);
        Assert.Equal(["failed", "failed"], _told);
    }

    [Fact]
    public void A_lookup_that_is_cancelled_as_it_begins_never_gets_to_a_thread()
    {
        var names = new DriverNames(Loop);
        IHostResolution lookup = names.ResolveHostName("name.example", new Impatient());
        Assert.Equal("name.example", lookup.Name);
        Assert.Empty(Driver.Work);
    }

    private sealed class Impatient : IResolutionReceiver
    {
        public void ResolutionBegan(IHostResolution resolution) => resolution.Cancel();

        public void AddressResolved(IPAddress address) => Assert.Fail("It was cancelled.");

        public void ResolutionComplete(DnsLookupException? failure) => Assert.Fail("It was cancelled.");
    }
}
