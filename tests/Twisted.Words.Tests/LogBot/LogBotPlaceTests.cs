namespace Twisted.Words.Tests;

/// <summary>Where the bot is and what it is called: it comes back, and takes its nickname back.</summary>
public sealed class LogBotPlaceTests : LogBotTest
{
    [Fact]
    public void A_kick_is_written_and_it_comes_back_later_and_later()
    {
        Join();
        foreach (double wait in (double[])[5, 10, 20, 40, 80, 160, 300, 300])
        {
            Assert.Equal("[I was kicked from #x by op: out]", Logs(":op!o@h KICK #x bot :out"));
            After(wait - 0.01);
            Assert.DoesNotContain("JOIN", Sent(), StringComparison.Ordinal);
            After(0.01);
            Assert.StartsWith("JOIN #x", Sent(), StringComparison.Ordinal); // a heartbeat may be due as well
            Said(":bot!b@h JOIN #x");
        }
        After(300); // it was allowed to stay
        Sent();
        Said(":op!o@h KICK #X BOT :out");
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("JOIN #x", Sent());
    }

    [Fact]
    public void It_comes_back_when_somebody_made_it_leave()
    {
        Join();
        Assert.Equal("[I have left #x]", Logs(":bot!b@h PART #x"));
        After(5);
        Assert.Equal("JOIN #x", Sent());
    }

    [Theory]
    [InlineData("403"), InlineData("405"), InlineData("437"), InlineData("471"), InlineData("473"), InlineData("474")]
    [InlineData("475"), InlineData("476"), InlineData("477")]
    public void A_channel_that_refuses_it_is_tried_again_and_the_log_says_so_once(string code)
    {
        SignOn();
        Sent();
        Assert.Equal("[I cannot join #x: not now]", Logs($":irc {code} bot #x :not now"));
        foreach (double wait in (double[])[5, 10, 20])
        {
            Clock.Advance(TimeSpan.FromSeconds(wait));
            Assert.Equal("JOIN #x", Sent());
            Assert.Equal("", Logs($":irc {code} bot #X :not now"));
        }
        Assert.Equal("[I have joined #x]", Logs(":bot!b@h JOIN #x"));
        After(200);
        Assert.DoesNotContain("JOIN", Sent(), StringComparison.Ordinal);
        Assert.Equal(2064, Assert.Single(Told.Events).EventId.Id);
    }

    [Fact]
    public void A_refusal_of_something_else_is_passed_over()
    {
        Join();
        Assert.Equal("",
            Logs(":irc 403 bot #other :No such channel", ":irc 474 bot", ":irc 437 bot other :unavailable"));
        Assert.Empty(Told.Events);
    }

    [Fact]
    public void A_server_that_says_nothing_to_a_join_is_asked_again()
    {
        SignOn();
        Sent();
        After(5);
        Assert.Equal("JOIN #x", Sent());
    }

    [Fact]
    public void A_nickname_that_is_taken_is_asked_for_each_minute()
    {
        Connect();
        Said(":irc 433 * bot :Nickname is already in use", ":irc 001 bot_ :Welcome", ":bot_!b@h JOIN #x");
        Sent();
        for (int minute = 0; minute < 3; minute++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Single(Sent().Split('\n'), line => line == "NICK bot");
            Said(":irc 433 bot_ bot :Nickname is already in use");
        }
        Assert.Equal("bot_ is now known as bot", Logs(":bot_!b@h NICK bot"));
        After(120);
        Assert.DoesNotContain("NICK", Sent(), StringComparison.Ordinal);
        Assert.Equal("PRIVMSG #x :ann: I am a log bot", AnswerTo("bot"));
    }

    [Theory]
    [InlineData(":bot!o@h NICK other")]
    [InlineData(":BOT!o@h QUIT :bye")]
    public void A_nickname_that_becomes_free_is_asked_for_at_once(string line)
    {
        SignOn("bot_");
        Sent();
        Said(line);
        Assert.Equal("NICK bot", Sent());
    }

    [Fact]
    public void A_nickname_that_was_taken_away_is_asked_for_again()
    {
        Join();
        Assert.Equal("bot is now known as Guest7", Logs(":bot!b@h NICK Guest7"));
        Assert.Equal("PRIVMSG #x :ann: I am a log bot", AnswerTo("Guest7"));
        After(60);
        Assert.Contains("NICK bot", Sent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_nickname_that_is_too_long_is_cut_and_not_asked_for_again()
    {
        Options = Options with { Nickname = "twistedbot" };
        Connect();
        Said(":irc 432 * twistedbot :Nickname too long, max. 9 characters");
        Assert.EndsWith("NICK twistedbo", Sent(), StringComparison.Ordinal);
        Said(":irc 001 twistedbo :Welcome", ":irc 005 twistedbo NICKLEN=9 :are supported", ":t!t@h JOIN #x");
        After(240);
        Assert.DoesNotContain("NICK", Sent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_nickname_that_no_server_takes_becomes_another()
    {
        Options = Options with { Nickname = "9bot" };
        Connect();
        Said(":irc 432 * 9bot :Erroneous nickname");
        Assert.EndsWith("NICK logbot", Sent(), StringComparison.Ordinal);
    }

    [Fact]
    public void When_it_is_stopped_it_says_goodbye_and_does_nothing_more()
    {
        SignOn("bot_");
        Sent();
        Bot.Drain();
        Assert.Equal("QUIT :The log bot is stopped.", Sent());
        Assert.Equal("<ann> bot_: hello", Logs(":ann!a@h PRIVMSG #x :bot_: hello", ":op!o@h KICK #y bot_ :out")
            .Split('\n')[0]);
        Said(":ann!a@h PRIVMSG bot_ :psst", ":op!o@h KICK #x bot_ :out", ":bot_!b@h NICK other", ":bot!b@h QUIT :bye");
        Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal("", Sent());
    }

    private string AnswerTo(string nickname)
    {
        Sent();
        Said($":ann!a@h PRIVMSG #x :{nickname}: hello");
        return Sent();
    }
}
