namespace Twisted.Words.Tests;

public class EventTests : ClientTest
{
    public EventTests() => Connect();

    [Theory]
    [InlineData(":n!u@h PRIVMSG #c :hello world", "privmsg n!u@h|#c|hello world")]
    [InlineData(":n!u@h privmsg bot hi", "privmsg n!u@h|bot|hi")]
    [InlineData(":n!u@h PRIVMSG bot :", "")]
    [InlineData(":n!u@h PRIVMSG bot", "")]
    [InlineData(":n!u@h NOTICE #c :note", "noticed n!u@h|#c|note")]
    [InlineData(":n!u@h NOTICE #c :", "")]
    [InlineData("NOTICE", "")]
    [InlineData(":n!u@h PRIVMSG #c :\u0001ACTION waves\u0001", "action n!u@h|#c|waves")]
    [InlineData(":n!u@h PRIVMSG #c :\u0001ACTION waves\u0001rest", "action n!u@h|#c|waves\nprivmsg n!u@h|#c|rest")]
    [InlineData(":n!u@h PRIVMSG bot :\u0001DCC SEND x 1 2 3\u0001", "query n!u@h|bot|DCC|SEND x 1 2 3")]
    [InlineData(":n!u@h NOTICE bot :\u0001VERSION x\u0001", "reply n!u@h|bot|VERSION|x")]
    [InlineData(":BOT!u@h JOIN #c", "joined #c")]
    [InlineData(":n!u@h JOIN :#c", "userJoined n|#c")]
    [InlineData(":bot!u@h PART #c :bye", "left #c")]
    [InlineData(":n!u@h PART #c", "userLeft n|#c")]
    [InlineData(":n!u@h QUIT", "userQuit n|")]
    [InlineData(":n!u@h QUIT :bye all", "userQuit n|bye all")]
    [InlineData(":n!u@h KICK #c Bot :why", "kickedFrom #c|n|why")]
    [InlineData(":n!u@h KICK #c other", "userKicked other|#c|n|")]
    [InlineData(":n!u@h NICK m", "userRenamed n|m")]
    [InlineData(":bot!u@h NICK :bot2", "nickChanged bot2")]
    [InlineData(":n!u@h NICK", "")]
    [InlineData(":n!u@h TOPIC #c :new topic", "topic n|#c|new topic")]
    [InlineData(":irc 332 bot #c :the topic", "topic irc|#c|the topic")]
    [InlineData(":n!u@h INVITE bot #c", "invite n|bot|#c")]
    [InlineData(":n!u@h INVITE other #c", "invite n|other|#c")]
    [InlineData(":n!u@h ACCOUNT me", "account n|me")]
    [InlineData(":n!u@h ACCOUNT *", "account n|none")]
    [InlineData(":n!u@h JOIN #c acc :Real Name", "userJoined n|#c\naccount n|acc")]
    [InlineData(":n!u@h JOIN #c * :Real Name", "userJoined n|#c")]
    [InlineData(":n!u@h SETNAME :Real Name", "realName n|Real Name")]
    [InlineData(":n!u@h AWAY :tea", "away n|tea")]
    [InlineData(":n!u@h AWAY", "away n|back")]
    [InlineData(":n!u@h CHGHOST u2 h2", "host n|u2|h2")]
    [InlineData(":irc 002 bot :Your host", "yourHost Your host")]
    [InlineData(":irc 003 bot :today", "created today")]
    [InlineData(":irc 004 bot srv v1 ao mtov", "myInfo srv|v1|ao|mtov")]
    [InlineData(":irc 004 bot", "myInfo |||")]
    [InlineData(":irc 005 bot NICKLEN=12 X :are supported by this server", "features NICKLEN=12|X")]
    [InlineData(":irc 005 bot :Try server b", "bounce Try server b")]
    [InlineData(":irc 010 bot host 6667 :elsewhere", "bounce elsewhere")]
    [InlineData(":irc 251 bot :There are", "luserClient There are")]
    [InlineData(":irc 252 bot 3 :operators", "luserOp 3")]
    [InlineData(":irc 252 bot many :operators", "")]
    [InlineData(":irc 254 bot 7 :channels", "luserChannels 7")]
    [InlineData(":irc 255 bot :I have", "luserMe I have")]
    [InlineData("ERROR :Closing Link", "error Closing Link")]
    [InlineData(":irc 999 bot", "unknown 999")]
    [InlineData(":n!u@h WALLOPS :to all", "wallops to all")]
    [InlineData(":n!u@h MODE #c +o-v a b", "mode n!u@h|#c|+|o|a\nmode n!u@h|#c|-|v|b")]
    [InlineData(":n!u@h MODE #c +ntk key", "mode n!u@h|#c|+|ntk|none,none,key")]
    [InlineData(":n!u@h MODE #c -l+b *!*@*", "mode n!u@h|#c|+|b|*!*@*\nmode n!u@h|#c|-|l|none")]
    [InlineData(":n!u@h MODE #c +oo a", "mode n!u@h|#c|+|oo|a,none")]
    [InlineData(":bot MODE bot :+i", "mode bot|bot|+|i|none")]
    [InlineData("MODE", "")]
    [InlineData(":prefix", "bad :prefix")]
    [InlineData(":irc 422 bot :none", "motd")]
    public void A_line_becomes_its_event(string line, string heard) => Assert.Equal(heard, Heard(line));

    [Fact]
    public void The_message_of_the_day_comes_whole_and_bounded()
    {
        Heard(":irc 375 bot :- start");
        for (int i = 0; i < 3000; i++)
            Server.Receive($":irc 372 bot :- {i}\r\n");
        string heard = Heard(":irc 376 bot :end");
        Assert.StartsWith("motd - start|- 0|- 1|", heard, StringComparison.Ordinal);
        Assert.Equal(1000, heard.Split('|').Length);
    }

    [Fact]
    public void Our_nickname_is_compared_as_the_server_does()
    {
        Heard(":bot!u@h NICK :a[b");
        Assert.Equal("joined #c", Heard(":A{B!u@h JOIN #c"));
        Heard(":irc 005 bot CASEMAPPING=ascii :are supported");
        Assert.Equal("userJoined A{B|#c", Heard(":A{B!u@h JOIN #c"));
    }

    [Fact]
    public void A_PING_is_answered() => Assert.Equal(("", "PONG :a b"), (Heard("PING :a b"), Sent()));

    [Fact]
    public void Tags_are_there_while_a_message_is_handled()
    {
        Heard("@time=2026-01-02T03:04:05.678Z :n!u@h PRIVMSG #c :x");
        Assert.Equal("2026-01-02T03:04:05.6780000+00:00", Client.TimeSeen);
        Heard(":n!u@h PRIVMSG #c :x");
        Assert.Equal("", Client.TimeSeen);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_read_and_the_next_line_too()
    {
        Client.Events.Clear();
        Server.Receive([.. ":n PRIVMSG #c :caf"u8, 0xe9, .. "\r\n:n PRIVMSG #c :café\r\n"u8]);
        Assert.Equal(["privmsg n|#c|café", "privmsg n|#c|café"], Client.Events);
    }

    [Fact]
    public void A_callback_that_throws_does_not_end_the_connection()
    {
        Client.OnMessage = () => throw new InvalidOperationException("planted");
        Clock.CallLater(TimeSpan.Zero, () => Server.Receive(":n!u@h PRIVMSG #c :one\r\n"));
        Assert.Throws<InvalidOperationException>(() => Clock.Advance(TimeSpan.Zero)); // reported, not thrown at us
        Client.OnMessage = null;
        Assert.Equal("privmsg n!u@h|#c|two", Heard(":n!u@h PRIVMSG #c :two"));
        Assert.False(Server.IsDisconnecting);
    }

    [Fact]
    public void A_line_longer_than_any_may_be_closes_the_connection_and_says_why()
    {
        Server.Receive(new string('x', 9000));
        Assert.True(Server.IsDisconnecting);
        Assert.Contains("8703 bytes", Assert.IsType<IrcException>(Client.FailureReason).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_way_to_cut_a_stream_gives_the_same_events()
    {
        const string Stream = ":n!u@h PRIVMSG #c :é\r\n\r\nPING x\n@a=b :n!u@h JOIN #c\r\r\n:n QUIT\r\n";
        Server.Receive(Stream);
        string[] whole = [.. Client.Events];
        Assert.Equal(4, whole.Length);
        for (int size = 1; size < 20; size++)
        {
            Client.Events.Clear();
            Server.Receive(Stream, size);
            Assert.Equal(whole, Client.Events);
        }
    }

    [Fact]
    public void Ten_thousand_joins_and_numerics_leave_nothing_behind()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Heard($":n{i}!u@h JOIN #c");
            Heard(":irc 353 bot = #c :a b c");
            Heard(":irc 311 bot x u h * :r");
            Heard(":irc 322 bot #x 1 :t");
        }
        Assert.Equal("", Sent());
        Assert.False(Server.IsDisconnecting);
    }
}
