namespace Twisted.Words.Tests;

/// <summary>What the bot writes, and what it answers.</summary>
public sealed class LogLineTests : LogBotTest
{
    private const string Answer = "It isn't nice to whisper!  Play nice with the group.";

    [Fact]
    public void Its_lines_are_those_of_the_tutorial()
    {
        Connect();
        Assert.Equal("[connected at Sat Jan 1 00:00:00 2000]", Written());
        Said(":irc 001 bot :Welcome");
        Assert.EndsWith("JOIN #x", Sent(), StringComparison.Ordinal);
        Assert.Equal("[I have joined #x]", Logs(":bot!b@h JOIN #x"));
        Assert.Equal("<ann> hello", Logs(":ann!a@h PRIVMSG #x :hello"));
        Assert.Equal("* ann waves", Logs(":ann!a@h PRIVMSG #x :\u0001ACTION waves\u0001"));
        Assert.Equal("ann is now known as bob", Logs(":ann!a@h NICK bob"));
        Assert.Equal("", Sent());
        Server.Disconnect(new ConnectionLostException("No route."));
        Assert.Equal("[disconnected at Sat Jan 1 00:00:00 2000: No route.]", Written());
    }

    [Fact]
    public void Who_whispers_is_asked_to_speak_up()
    {
        Join();
        Assert.Equal("<ann> psst", Logs(":ann!a@h PRIVMSG bot :psst"));
        Assert.Equal($"PRIVMSG ann :{Answer}", Sent());
        Assert.Equal("* ann winks", Logs(":ann!a@h PRIVMSG BOT :\u0001ACTION winks\u0001"));
        Assert.Equal("", Sent());
    }

    [Theory]
    [InlineData("bot: hello", true)]
    [InlineData("bot, hello", true)]
    [InlineData("BoT:", true)]
    [InlineData("\u0002bot\u0002: hello", true)]
    [InlineData("bot hello", false)]
    [InlineData("robot: hello", false)]
    [InlineData("bots: hello", false)]
    [InlineData("bot", false)]
    [InlineData("bot: I am a log bot", false)] // one of its like
    public void Who_calls_it_by_name_is_told_what_it_is(string message, bool isAnswered)
    {
        Join();
        string written = Logs($":ann!a@h PRIVMSG #x :{message}");
        Assert.Equal(isAnswered ? "PRIVMSG #x :ann: I am a log bot" : "", Sent());
        Assert.Equal(isAnswered, written.EndsWith("\n<bot> ann: I am a log bot", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rfc1459", true)]
    [InlineData("ascii", false)]
    public void Names_are_the_same_where_the_server_says_so(string mapping, bool isAnswered)
    {
        Options = Options with { Nickname = "bot[1]" };
        SignOn("bot[1]", $"CASEMAPPING={mapping} NICKLEN=30");
        Sent();
        Said(":ann!a@h PRIVMSG #x :BOT{1}: hello", ":ann!a@h PRIVMSG bot{1} :psst");
        Assert.Equal(isAnswered ? $"PRIVMSG #x :ann: I am a log bot\nPRIVMSG ann :{Answer}" : "", Sent());
    }

    [Theory]
    [InlineData(":ann!a@h NOTICE bot :psst")]
    [InlineData(":ann!a@h NOTICE #x :bot: hello")]
    [InlineData(":bot!b@h PRIVMSG #x :bot: hello")]     // its own words, echoed
    [InlineData(":bot!b@h PRIVMSG bot :psst")]
    [InlineData(":irc.example.net PRIVMSG bot :hello")] // a server
    [InlineData("PRIVMSG bot :hello")]                  // nobody
    [InlineData($":other!o@h PRIVMSG bot :{Answer}")]   // one of its like
    public void Notices_servers_itself_and_its_like_get_no_answer(string line)
    {
        Join();
        Said(line);
        Assert.Equal("", Sent());
    }

    [Fact]
    public void A_storm_of_whispers_gets_five_answers_and_then_one_in_two_seconds()
    {
        Join();
        for (int i = 0; i < 1000; i++)
            Said($":u{i}!a@h PRIVMSG bot :psst", ":ann!a@h PRIVMSG #x :bot: hello",
                ":u!u@h PRIVMSG bot :\u0001PING 1\u0001");
        Assert.Equal(5, Sent().Split('\n').Length);
        Assert.Equal(2000 + 2, Written().Split('\n').Length); // all that was said, and two answers to the channel
        After(2);
        Said(":ann!a@h PRIVMSG bot :psst", ":ann!a@h PRIVMSG bot :psst");
        Assert.Equal($"PRIVMSG ann :{Answer}", Sent());
    }

    [Fact]
    public void With_several_channels_a_line_begins_with_its_own()
    {
        Options = Options with { Channels = ["#x", "y", "&local"] };
        SignOn();
        Assert.EndsWith("JOIN #x\nJOIN #y\nJOIN &local", Sent(), StringComparison.Ordinal);
        Assert.Equal("#x <ann> hello\n#y * ann waves\n<ann> psst\nann is now known as bob", Logs(
            ":ann!a@h PRIVMSG #x :hello", ":ann!a@h PRIVMSG #y :\u0001ACTION waves\u0001", ":ann!a@h PRIVMSG bot :psst",
            ":ann!a@h NICK bob"));
    }

    [Theory]
    [InlineData(":ann!a@h JOIN #x", "[ann has joined #x]")]
    [InlineData(":ann!a@h PART #x", "[ann has left #x]")]
    [InlineData(":ann!a@h QUIT :bye", "[ann has quit: bye]")]
    [InlineData(":ann!a@h KICK #x bob :rude", "[bob was kicked from #x by ann: rude]")]
    [InlineData(":ann!a@h TOPIC #x :tea", "[the topic of #x, says ann: tea]")]
    [InlineData(":ann!a@h NOTICE #x :listen", "-ann- listen")]
    [InlineData(":irc NOTICE bot :*** Looking up your host", "")]
    public void The_rest_is_written_when_it_is_asked_for(string line, string written)
    {
        Join();
        Assert.Equal("", Logs(line));
        Dispose();
        Options = Options with { IsVerbose = true };
        Join();
        Assert.Equal(written, Logs(line));
    }

    [Fact]
    public void Nobody_forges_a_line()
    {
        Join();
        Assert.Equal("<ann> a\uFFFD[12:00:00] <boss> yes", Logs(":ann!a@h PRIVMSG #x :a\u0085[12:00:00] <boss> yes"));
        Assert.Equal("* ann \uFFFD[2J", Logs(":ann!a@h PRIVMSG #x :\u0001ACTION \u001b[2J\u0001"));
        Assert.Equal("<ann> caf\u00e9", Logs(":ann!a@h PRIVMSG #x :\u0002caf\u00e9\u000f"));
    }

    [Fact]
    public void The_end_of_a_connection_is_told_in_the_words_of_who_ended_it()
    {
        Join();
        Said("ERROR :Server going down");
        Server.Disconnect();
        Assert.Equal("[disconnected at Sat Jan 1 00:00:00 2000: Server going down]", Written());
        SignOn();
        Clock.Advance(TimeSpan.FromMinutes(3));
        Server.Disconnect();
        Assert.Contains("The server was silent for 00:01:00 after a PING.", Written(), StringComparison.Ordinal);
    }
}
