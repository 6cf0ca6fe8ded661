using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

public class LimitTests : ServerTest
{
    [Fact]
    public void A_silent_client_is_asked_and_then_closed()
    {
        Start();
        MemoryPeer[] users = InChannel("#c", "ada", "bob");
        Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("", Said(users[1], "PONG x"));
        Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("PING :irc.test", Got(users[0]));
        Assert.Equal("", Got(users[1]));
        Clock.Advance(TimeSpan.FromSeconds(59));
        users[1].Send("PONG x\r\n");
        Assert.True(users[0].IsConnected);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("ERROR :Closing link: (~ada@127.0.0.1) [Ping timeout: 180 seconds]", Got(users[0]));
        Assert.False(users[0].IsConnected);
        Assert.Contains(":ada!~ada@127.0.0.1 QUIT :Ping timeout: 180 seconds", Got(users[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_answers_stays()
    {
        Start();
        MemoryPeer ada = User("ada");
        for (int i = 0; i < 10; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(121));
            Assert.Equal("PING :irc.test", Got(ada));
            ada.Send("PONG irc.test\r\n");
        }
        Assert.True(ada.IsConnected);
    }

    [Fact]
    public void Too_many_lines_wait_for_their_time()
    {
        Start(Free with { FloodBurst = 20, FloodRate = 2 });
        MemoryPeer ada = User("ada"); // two lines
        ada.Send(string.Concat(Enumerable.Range(0, 40).Select(i => $"PING {i}\r\n")));
        Assert.Equal(19, Got(ada).Split('\n').Length); // the last one overdraws
        Clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal("", Got(ada));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(":s PONG irc.test :19", Got(ada));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(20, Got(ada).Split('\n').Length);
        Assert.True(ada.IsConnected);
    }

    [Fact]
    public void A_CTCP_storm_is_slowed_down()
    {
        Start(Free with { FloodBurst = 20, FloodRate = 2 });
        MemoryPeer ada = User("ada");
        MemoryPeer bob = User("bob");
        ada.Send(string.Concat(Enumerable.Repeat("PRIVMSG bob :\u0001VERSION\u0001\r\n", 200)));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(39, Got(bob).Split('\n').Length);
    }

    [Fact]
    public void Too_many_bytes_that_wait_end_the_connection()
    {
        Start(Free with { FloodBurst = 5, FloodRate = 2, ReceiveQueueLimit = 1000 });
        MemoryPeer ada = User("ada");
        ada.Send(string.Concat(Enumerable.Repeat("PING x\r\n", 100)));
        Assert.True(ada.IsConnected);
        MemoryPeer bob = User("bob");
        bob.Send(string.Concat(Enumerable.Repeat("PING x\r\n", 200)));
        Assert.EndsWith("[Excess Flood]", Got(bob), StringComparison.Ordinal);
        Assert.False(bob.IsConnected);
    }

    [Fact]
    public void A_client_that_does_not_read_is_closed_and_the_others_go_on()
    {
        Start(Free with { SendQueueLimit = 100_000 });
        MemoryPeer[] users = InChannel("#c", "ada", "bob", "eve");
        users[1].IsReading = false;
        string line = $"PRIVMSG #c :{new string('x', 400)}\r\n";
        int sent = 0;
        while (users[1].IsConnected && sent < 10_000 && Factory.UserCount == 3)
        {
            users[0].Send(line);
            sent++;
        }
        Clock.Advance(TimeSpan.Zero);
        Assert.InRange(sent, 200, 9999);
        Assert.Equal(2, Factory.UserCount);
        Assert.EndsWith("\n:bob!~bob@127.0.0.1 QUIT :SendQ exceeded", Got(users[2]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_too_long_is_refused_and_the_next_one_is_read()
    {
        Start();
        MemoryPeer ada = User("ada");
        string ok = "PING " + new string('x', 505);
        Assert.DoesNotContain(" 417 ", Said(ada, ok), StringComparison.Ordinal);
        Assert.Equal(":s 417 ada :Input line was too long", Said(ada, ok + "y"));
        Assert.Equal(":s PONG irc.test :x", Said(ada, $"@{new string('t', 4094)} PING x"));
        Assert.Equal(":s 417 ada :Input line was too long", Said(ada, $"@{new string('t', 4095)} PING x"));
        Assert.Equal(":s 417 ada :Input line was too long\n:s PONG irc.test :y",
            Said(ada, new string('x', 20_000) + "\r\nPING y"));
    }

    [Fact]
    public void A_line_without_end_is_left_out_as_it_comes()
    {
        Start();
        MemoryPeer ada = User("ada");
        for (int i = 0; i < 100; i++)
            ada.Send(new string('x', 10_000));
        Assert.Equal(":s 417 ada :Input line was too long", Got(ada));
        Assert.Equal(":s PONG irc.test :y", Said(ada, "x\nPING y"));
    }

    [Fact]
    public void Rubbish_costs_nothing()
    {
        Start();
        MemoryPeer ada = User("ada");
        var random = new Random(7);
        byte[] rubbish = new byte[100_000];
        random.NextBytes(rubbish);
        ada.Send(rubbish);
        Assert.EndsWith(":s PONG irc.test :y", Said(ada, "\r\nPING y"), StringComparison.Ordinal);
    }

    [Fact]
    public void When_many_go_at_once_each_is_told_of_once()
    {
        Start(Free with { DefaultChannelModes = "" });
        MemoryPeer ada = User("ada");
        ada.Send("JOIN #a,#b,#c\r\n");
        MemoryPeer[] others = [.. Enumerable.Range(0, 200).Select(i => User($"u{i}"))];
        foreach (MemoryPeer other in others)
            other.Send("JOIN #a,#b,#c\r\n");
        ada.Clear();
        foreach (MemoryPeer other in others)
            other.Reset();
        string[] quits = Got(ada).Split('\n');
        Assert.Equal(200, quits.Length);
        Assert.All(quits, quit => Assert.EndsWith(" QUIT :Connection lost", quit, StringComparison.Ordinal));
        Assert.Equal(1, Factory.UserCount);
    }

    [Fact]
    public void A_server_that_stops_says_so()
    {
        Start();
        MemoryPeer ada = User("ada");
        Factory.CloseAll("maintenance");
        Clock.Advance(TimeSpan.Zero);
        Assert.Equal("ERROR :Closing link: (~ada@127.0.0.1) [maintenance]", Got(ada));
        Assert.False(ada.IsConnected);
        Assert.Throws<ArgumentException>(() => Factory.CloseAll("a\r\nb"));
    }

    [Fact]
    public void A_client_that_does_not_read_its_farewell_is_cut_off()
    {
        Start();
        MemoryPeer[] users = InChannel("#c", "ada", "bob");
        users[1].IsReading = false;
        for (int i = 0; i < 1000; i++)
            users[0].Send($"PRIVMSG #c :{new string('x', 400)}\r\n");
        users[1].Send("QUIT\r\n");
        Assert.Equal(1, Factory.UserCount);
        Assert.Equal(2, Factory.ConnectionCount);
        Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, Factory.ConnectionCount);
    }

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Options_that_make_no_sense_are_refused(IrcServerOptions options)
    {
        Start();
        Assert.Throws<ArgumentException>(() => new IrcServerFactory(Clock, options));
    }

    public static TheoryData<IrcServerOptions> BadOptions =>
    [
        new() { Name = "a b" },
        new() { Name = "" },
        new() { Network = "a\nb" },
        new() { NickLength = 0 },
        new() { RequiresLogin = true },
        new() { Motd = ["a\rb"] },
        new() { Admin = ["1", "2", "3", "4"] },
        new() { DefaultChannelModes = "k" },
        new() { FloodRate = -1 },
        new() { PingInterval = TimeSpan.Zero },
        new() { MaxChannelsPerUser = 0 },
    ];
}
