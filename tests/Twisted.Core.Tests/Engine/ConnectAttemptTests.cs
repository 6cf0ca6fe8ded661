using System.Net;
using System.Net.Sockets;

namespace Twisted.Tests;

/// <summary>One attempt to connect: which address is tried when, and what is left of it.</summary>
public class ConnectAttemptTests : EngineTest
{
    private static readonly OsFailure Refused = new(SocketError.ConnectionRefused, 111, "Connection refused");
    private static readonly OsFailure Full = new(SocketError.WouldBlock, 11, "Resource temporarily unavailable");

    private readonly ScriptedNames _names = new();
    private readonly ClientRecorder _factory = new();
    private readonly Queue<Func<ScriptedSocket>> _next = []; // what the next addresses open; else one that is silent
    private readonly List<(string Address, ScriptedSocket? Socket)> _tried = [];

    public ConnectAttemptTests() => Loop.InstallNameResolver(_names);

    private IEnumerable<string> Tried => _tried.Select(one => one.Address);

    private ScriptedSocket Open(EndPoint address)
    {
        _tried.Add(($"{address}", null));
        ScriptedSocket socket = _next.TryDequeue(out Func<ScriptedSocket>? open) ? open() : new ScriptedSocket();
        _tried[^1] = ($"{address}", socket);
        return socket;
    }

    private Connector Connect(EndPoint destination)
    {
        var connector = new Connector(
            Loop, destination, _factory, TimeSpan.FromSeconds(30), Open, TcpConnectOptions.Default);
        connector.Connect();
        Step();
        return connector;
    }

    /// <summary>An attempt whose resolver has begun and says the rest when the test does.</summary>
    private Connector ConnectByName() => Connect(new DnsEndPoint("name.example", 80));

    /// <summary>An attempt by a name with these addresses.</summary>
    private void ConnectTo(params string[] addresses)
    {
        ConnectByName();
        _names.Find(addresses);
        _names.End();
    }

    /// <summary>One of those that were tried says how it went.</summary>
    private void Answer(int index, OsFailure? failure = null)
    {
        ScriptedSocket socket = _tried[index].Socket!;
        socket.Connects = failure is null;
        socket.Failure = failure ?? default;
        socket.Events!.OnWritable();
    }

    [Fact]
    public void An_address_is_tried_at_once_and_only_its_answer_and_the_timeout_are_waited_for()
    {
        Connect(ScriptedDriver.There);
        Assert.Equal([(false, true)], _tried.Single().Socket!.Interests);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.Single(Loop.DelayedCalls).Time - Loop.Now);
    }

    [Fact]
    public void The_first_IPv4_address_waits_a_moment_which_later_ones_do_not_make_longer()
    {
        ConnectByName();
        _names.Find("10.0.0.1");
        Pass(0.02);
        _names.Find("10.0.0.2");
        Assert.Empty(Tried);
        Pass(0.03);
        Assert.Equal(["10.0.0.1:80"], Tried);
    }

    [Fact]
    public void An_IPv6_address_that_comes_meanwhile_is_tried_at_once_and_IPv4_after_the_usual_delay()
    {
        ConnectByName();
        _names.Find("10.0.0.1", "10.0.0.2");
        Pass(0.02);
        _names.Find("::1");
        Assert.Equal(["[::1]:80"], Tried);
        Pass(0.2);
        Assert.Single(Tried);
        Pass(0.05);
        Assert.Equal(["[::1]:80", "10.0.0.1:80"], Tried);
    }

    [Fact]
    public void When_all_have_refused_the_end_of_the_lookup_is_the_end_of_the_attempt()
    {
        ConnectByName();
        _names.Find("10.0.0.1");
        Pass(0.05);
        Answer(0, Refused);
        Assert.Equal(["starting"], _factory.Heard);
        _names.End();
        Assert.Equal(["starting", "failed: ConnectionRefusedException"], _factory.Heard);
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public void An_address_that_fails_at_once_does_not_hold_up_the_next()
    {
        _next.Enqueue(() => throw new NoRouteException("no way"));
        _next.Enqueue(() => new ScriptedSocket { IsUnwatchable = true });
        ConnectTo("10.0.0.1", "10.0.0.2", "10.0.0.3");
        Assert.Equal(["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"], Tried);
        Assert.Equal((1, false), (_tried[1].Socket!.Closes, _tried[1].Socket!.WasAborted));
        Assert.Equal(["starting"], _factory.Heard);
        Answer(2, Refused);
        Assert.Equal("No address could be reached: 10.0.0.1:80: no way; "
            + "10.0.0.2:80: An error occurred while connecting: 104: Connection reset by peer.; "
            + "10.0.0.3:80: Connection was refused by other side: 111: Connection refused.", _factory.Reason!.Message);
    }

    [Fact]
    public void Silent_addresses_are_tried_a_moment_after_each_other()
    {
        ConnectTo("10.0.0.1", "10.0.0.2", "10.0.0.3");
        Assert.Equal(["10.0.0.1:80"], Tried);
        Pass(0.25);
        Assert.Equal(["10.0.0.1:80", "10.0.0.2:80"], Tried);
        Pass(0.25);
        Assert.Equal(["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"], Tried);
        Assert.Equal(4, Loop.DelayedCalls.Count); // the limit of each and the one of all: no next address
    }

    [Fact]
    public void More_may_come_while_the_lookup_goes_on_but_not_within_the_delay()
    {
        ConnectByName();
        _names.Find("::1");
        Pass(0.1);
        _names.Find("::2");
        Assert.Equal(["[::1]:80"], Tried);
        Pass(0.15);
        Assert.Equal(["[::1]:80", "[::2]:80"], Tried);
        Pass(1);
        _names.Find("::3");
        Assert.Equal(["[::1]:80", "[::2]:80", "[::3]:80"], Tried);
    }

    [Fact]
    public void The_first_to_answer_wins_and_nothing_is_left_of_the_others()
    {
        ConnectTo("10.0.0.1", "10.0.0.2", "10.0.0.3");
        Pass(0.25);
        Answer(1);
        Assert.Equal((1, false), (_tried[0].Socket!.Closes, _tried[0].Socket!.WasAborted));
        Assert.Equal(0, _tried[1].Socket!.Closes);
        Assert.Empty(Loop.DelayedCalls);
        Assert.Empty(Loop.Attempts);
        Assert.Equal(["made"], Assert.Single(_factory.Built).Heard);
        Pass(1);
        Assert.Equal(2, _tried.Count);
    }

    [Fact]
    public void A_UNIX_port_that_is_full_is_asked_again_and_again()
    {
        _next.Enqueue(() => new ScriptedSocket { IsUnwatchable = true, Failure = Full });
        Connect(new UnixDomainSocketEndPoint("/run/full"));
        Assert.Equal((1, false), (_tried.Single().Socket!.Closes, _tried[0].Socket!.WasAborted));
        Pass(0.009);
        Assert.Single(_tried);
        Pass(0.001);
        Assert.Equal(2, _tried.Count);
        Answer(1, Full);
        Assert.Equal((1, false), (_tried[1].Socket!.Closes, _tried[1].Socket!.WasAborted));
        Assert.Equal(2, _tried.Count);
        Pass(0.01);
        Assert.Equal(["/run/full", "/run/full", "/run/full"], Tried);
        Answer(2);
        Assert.Equal(["starting"], _factory.Heard);
        Assert.Single(_factory.Built);
    }

    [Fact]
    public void One_that_is_full_takes_the_delay_of_the_next_away()
    {
        ConnectTo("10.0.0.1", "10.0.0.2");
        Answer(0, Full);
        Assert.Equal([0.01, 30], Loop.DelayedCalls.Select(call => (call.Time - Loop.Now).TotalSeconds).Order());
        Pass(0.01);
        Assert.Equal(["10.0.0.1:80", "10.0.0.1:80"], Tried);
        Pass(0.25);
        Assert.Equal("10.0.0.2:80", Tried.Last());
    }

    [Fact]
    public void A_full_one_that_failed_at_once_is_asked_after_its_own_short_delay()
    {
        _next.Enqueue(() => new ScriptedSocket { IsUnwatchable = true, Failure = Full });
        ConnectTo("10.0.0.1", "10.0.0.2");
        Assert.Single(Tried);
        Pass(0.01);
        Assert.Equal(["10.0.0.1:80", "10.0.0.1:80"], Tried);
    }

    [Fact]
    public void What_was_written_to_others_when_it_is_made_or_failed_goes_out_at_once()
    {
        Connect(ScriptedDriver.There);
        Answer(0);
        Recorder first = _factory.Built.Single();
        _factory.OnFailed = _ => first.Line.Write("failed"u8);
        Connect(ScriptedDriver.There);
        Answer(1, Refused);
        Assert.Equal(["failed"], _tried[0].Socket!.Sent);
    }
}
