namespace Twisted.Words.Tests;

public class CtcpTests : ClientTest
{
    public CtcpTests() => Connect(new RecordingClient(Clock) { Version = "bot 1" });

    [Theory]
    [InlineData("PING 123", "PING 123")]
    [InlineData("VERSION", "VERSION bot 1")]
    [InlineData("CLIENTINFO", "CLIENTINFO ACTION CLIENTINFO PING TIME")]
    public void A_query_is_answered_with_a_notice(string query, string answer)
    {
        Heard($":n!u@h PRIVMSG bot :\u0001{query}\u0001");
        Assert.Equal($"NOTICE n :\u0001{answer}\u0001", Sent());
    }

    [Fact]
    public void What_has_no_answer_is_told_to_the_application()
    {
        Assert.Equal("query n!u@h|bot|FINGER|none", Heard(":n!u@h PRIVMSG bot :\u0001FINGER\u0001"));
        Assert.Equal("", Sent());
    }

    [Fact]
    public void The_same_query_twice_in_a_message_is_answered_once()
    {
        Heard(":n!u@h PRIVMSG bot :\u0001VERSION\u0001\u0001VERSION\u0001");
        Assert.Equal("NOTICE n :\u0001VERSION bot 1\u0001", Sent());
    }

    [Fact]
    public void An_echo_of_our_own_query_is_not_answered()
    {
        Heard(":bot!u@h PRIVMSG n :\u0001VERSION\u0001");
        Assert.Equal("", Sent());
    }

    [Fact]
    public void A_storm_of_queries_gets_few_answers()
    {
        for (int i = 0; i < 1000; i++)
            Heard($":n{i}!u@h PRIVMSG bot :\u0001PING {i}\u0001");
        Assert.Equal(5, Sent().Split('\n').Length);
        Clock.Advance(TimeSpan.FromSeconds(4));
        for (int i = 0; i < 1000; i++)
            Heard($":n{i}!u@h PRIVMSG bot :\u0001PING {i}\u0001");
        Assert.Equal(2, Sent().Split('\n').Length);
    }

    [Fact]
    public void A_query_that_cannot_be_answered_in_one_message_costs_nothing()
    {
        Heard($":n!u@h PRIVMSG bot :\u0001PING {new string('x', 600)}\u0001");
        Assert.Equal("", Sent());
        Assert.False(Server.IsDisconnecting);
    }

    [Fact]
    public void A_ping_is_timed()
    {
        Client.Ping("N");
        string key = Sent().Split(' ')[^1].Trim('\u0001');
        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("pong n!u@h|00:00:03", Heard($":n!u@h NOTICE bot :\u0001PING {key}\u0001"));
        Assert.Equal($"reply n!u@h|bot|PING|{key}", Heard($":n!u@h NOTICE bot :\u0001PING {key}\u0001"));
    }
}
