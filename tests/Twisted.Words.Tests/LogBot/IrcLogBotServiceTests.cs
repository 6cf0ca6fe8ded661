using System.Text;
using Twisted.Application;
using Twisted.Testing;

namespace Twisted.Words.Tests;

/// <summary>The bot as a service: it connects again, with waits that grow, and ends in order.</summary>
public sealed class IrcLogBotServiceTests : IDisposable
{
    private readonly MemoryNetwork _network = new(new VirtualClock());
    private readonly MemoryDisk _disk = new();
    private readonly LogCapture _told = new();
    private readonly List<Peer> _peers = [];
    private readonly IrcLogBotService _service;
    private IListeningPort? _port;

    public IrcLogBotServiceTests()
    {
        var options = new IrcLogBotOptions { Channels = ["#x"], Nickname = "bot" };
        _service = new IrcLogBotService(_network.Reactor, _network.Client("irc"), options with
        {
            Connecting = options.Connecting with { Random = new Longest() },
        }, "x.log", _told.CreateLogger("log"), _disk.Open);
    }

    private string Written => _disk["x.log"];

    public void Dispose()
    {
        Deferred stopped = _service.StopService();
        After(10);
        stopped.SuccessResult();
        _port?.StopListening().Forget();
        After(0);
        Janitor.AssertClean(_network.Reactor);
    }

    private void After(double seconds) => _network.Clock.Advance(LogBotTest.Rounded(seconds));

    private void Listen()
    {
        _port = _network.Server("irc").Listen(() =>
        {
            _peers.Add(new Peer());
            return _peers[^1];
        }).SuccessResult();
    }

    private void StartAndSignOn()
    {
        Listen();
        _service.StartService().SuccessResult();
        After(0);
        Welcome();
    }

    private void Welcome()
    {
        _peers[^1].Say(":irc 001 bot :Welcome\r\n:bot!b@h JOIN #x\r\n");
        After(0);
    }

    [Fact]
    public void A_failed_attempt_is_followed_by_others_with_waits_that_grow_to_five_minutes()
    {
        _service.StartService().SuccessResult();
        After(0);
        int failed = 1;
        foreach (double wait in (double[])[11.25, 16.875, 25.3125, 37.96875, 56.953125, 85.4296875, 128.14453125,
            192.216796875, 288.3251953125, 300, 300])
        {
            Assert.Equal(failed, Failures());
            After(wait - 0.01);
            Assert.Equal(failed++, Failures());
            After(0.01);
        }
        Assert.Equal("", Written);
        Assert.Null(_service.Bot);
    }

    [Fact]
    public void A_lost_connection_is_made_again_and_the_log_tells_the_outage()
    {
        StartAndSignOn();
        _peers[0].Say(":ann!a@h PRIVMSG #x :before\r\n");
        After(0);
        Assert.NotNull(_service.Bot);
        _peers[0].Close();
        After(7.4);
        Assert.Single(_peers);
        After(0.2);
        Assert.Equal(2, _peers.Count);
        Welcome();
        _peers[1].Say(":ann!a@h PRIVMSG #x :after\r\n");
        After(0);
        Assert.Matches(
            """
            \A\[00:00:00\] \[connected at .*\]
            \[00:00:00\] \[I have joined #x\]
            \[00:00:00\] <ann> before
            \[00:00:00\] \[disconnected at .*: Connection was closed cleanly\.\]
            \[00:00:07\] \[connected at .*\]
            \[00:00:07\] \[I have joined #x\]
            \[00:00:07\] <ann> after
            \z
            """.ReplaceLineEndings("\n"), Written);
    }

    [Fact]
    public void A_server_that_refuses_the_login_is_not_asked_more_and_more_often()
    {
        Listen();
        _service.StartService().SuccessResult();
        After(0);
        foreach (double wait in (double[])[11.25, 16.875, 25.3125])
        {
            int before = _peers.Count;
            _peers[^1].Say(":irc 465 * :You are banned from this server\r\n");
            After(0);
            After(wait - 0.01);
            Assert.Equal(before, _peers.Count);
            After(0.02);
            Assert.Equal(before + 1, _peers.Count);
        }
        Assert.Contains("has refused the login: You are banned", Written, StringComparison.Ordinal);
        Assert.Contains(_told.Events, told => told.Message.Contains("You are banned", StringComparison.Ordinal)
            && told.Message.Contains("attempt 2 comes in", StringComparison.Ordinal));
        Welcome();
        Assert.Equal("bot", _service.Bot?.Nickname);
    }

    [Fact]
    public void A_stop_says_goodbye_and_the_log_ends_with_its_line()
    {
        StartAndSignOn();
        Deferred stopped = _service.StopService();
        After(0);
        Assert.EndsWith("QUIT :The log bot is stopped.\r\n", _peers[0].Heard, StringComparison.Ordinal);
        stopped.AssertNoResult();
        _peers[0].Say("ERROR :Closing link\r\n");
        _peers[0].Close();
        After(0);
        stopped.SuccessResult();
        Assert.EndsWith("[disconnected at Sat Jan 1 00:00:00 2000: Closing link]\n", Written, StringComparison.Ordinal);
        Assert.Null(_service.Messages);
    }

    [Fact]
    public void A_server_that_does_not_answer_the_goodbye_is_left_after_five_seconds()
    {
        StartAndSignOn();
        Deferred stopped = _service.StopService();
        After(4.9);
        stopped.AssertNoResult();
        After(0.2);
        stopped.SuccessResult();
    }

    [Fact]
    public void A_stop_during_the_login_ends_it()
    {
        Listen();
        _service.StartService().SuccessResult();
        After(0);
        Deferred stopped = _service.StopService();
        After(0);
        stopped.SuccessResult();
        Assert.Contains("[disconnected at", Written, StringComparison.Ordinal);
    }

    [Fact]
    public void It_starts_again_after_a_stop()
    {
        StartAndSignOn();
        Deferred stopped = _service.StopService();
        After(6);
        stopped.SuccessResult();
        _service.StartService().SuccessResult();
        After(0);
        Welcome();
        Assert.Equal(2, Written.Split("[I have joined #x]").Length - 1);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_fails_the_start()
    {
        _disk.IsLocked = true;
        _service.StartService().FailureResult<UnauthorizedAccessException>();
        Assert.Null(_service.Messages);
    }

    [Fact]
    public void A_reload_opens_the_file_anew_or_fails()
    {
        _service.Reload().SuccessResult(); // it does not run
        StartAndSignOn();
        _disk.Move("x.log", "x.log.1");
        _service.Reload().SuccessResult();
        Assert.Equal("", Written);
        _disk.IsLocked = true;
        _service.Reload().FailureResult<UnauthorizedAccessException>();
    }

    [Fact]
    public void The_connection_outlives_a_full_disk()
    {
        StartAndSignOn();
        string before = Written;
        _disk.Room = 0;
        _peers[0].Say(":ann!a@h PRIVMSG #x :while it is full\r\nPING :1\r\n");
        After(0);
        Assert.EndsWith("PONG 1\r\n", _peers[0].Heard, StringComparison.Ordinal);
        _disk.Room = 1000;
        After(1);
        Assert.Equal(before + "[00:00:00] <ann> while it is full\n", Written);
    }

    [Theory]
    [InlineData("#x y", "bot"), InlineData("#x,#y", "bot"), InlineData("", "bot"), InlineData("#x", "b\no")]
    [InlineData("#x", ""), InlineData("#x", ":bot")]
    public void Names_that_are_none_are_refused(string channel, string nickname) => Assert.Throws<ArgumentException>(
        () => new IrcLogBotService(_network.Reactor, _network.Client("irc"),
            new IrcLogBotOptions { Channels = [channel], Nickname = nickname }, "x.log"));

    private int Failures() =>
        _told.Events.Count(told => told.Message.Contains("cannot connect", StringComparison.Ordinal));

    /// <summary>The server's end of a connection.</summary>
    private sealed class Peer : Protocol
    {
        private readonly StringBuilder _heard = new();

        internal string Heard => _heard.ToString();

        internal void Say(string text) => Transport.Write(Encoding.UTF8.GetBytes(text));

        internal void Close() => Transport.LoseConnection();

        protected override void DataReceived(ReadOnlySpan<byte> data) => _heard.Append(Encoding.UTF8.GetString(data));
    }

    /// <summary>Chance always takes the longest wait.</summary>
    private sealed class Longest : Random
    {
        public override double NextDouble() => 1;
    }
}
