namespace Twisted.Words.Tests;

/// <summary>Servers and users that send too much: the connection goes on, and memory stays where it was.</summary>
[Collection(AloneTests.Name)] // it counts the memory of the process
public class StormTests : ClientTest
{
    private const int Many = 10_000;
    private const long Little = 4 * 1024 * 1024; // bytes; what a storm would leave is many times that

    [Fact]
    public void Ten_thousand_queries_get_their_rate_of_answers_and_leave_nothing_behind()
    {
        Connect(new RecordingClient(Clock) { Version = "bot 1" });
        int answers = 0;
        AssertLittleIsKept(i =>
        {
            Heard($":n{i}!u@h PRIVMSG bot :\u0001VERSION\u0001\u0001PING {i}\u0001\u0001TIME\u0001\u0001X{i}\u0001");
            answers += Sent().Count(c => c == '\u0001') / 2;
            Clock.Advance(TimeSpan.FromMilliseconds(1)); // ten seconds in all
        });
        Assert.InRange(answers, 5, 5 + 5);
        Assert.False(Server.IsDisconnecting);
    }

    [Theory]
    [InlineData(":irc {0:000} bot x y z :text", "every number")]
    [InlineData(":irc 005 bot KEY{1}={2} :are supported", "features")]
    [InlineData(":irc 005 bot CHANMODES={1},{2} PREFIX=({1})@ :are supported", "modes")]
    [InlineData(":irc CAP bot NEW :cap{1}={2}", "capabilities")]
    [InlineData(":irc 372 bot :{2}", "the message of the day")]
    [InlineData(":irc 433 bot n{1} :in use", "nicknames")]
    [InlineData("@a={2} :n{1}!u@h PRIVMSG bot :{2}", "text")]
    public void A_flood_leaves_nothing_behind(string line, string what)
    {
        Connect();
        string text = new('x', 400);
        AssertLittleIsKept(i => Heard(string.Format(null, line, i % 1000, i, text)));
        Assert.False(Server.IsDisconnecting, what);
        Assert.Equal("privmsg n!u@h|#c|still here", Heard(":n!u@h PRIVMSG #c :still here"));
    }

    [Fact]
    public void A_server_that_talks_and_never_welcomes_is_left_all_the_same()
    {
        Connect(signsOn: false);
        for (int i = 0; i < 60 && !Server.IsDisconnecting; i++)
        {
            Heard("PING x");
            Heard(":irc NOTICE * :*** Looking up your hostname");
            Heard(":irc 002 bot :Your host");
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.True(Server.IsAborted);
        Assert.IsType<IrcException>(Client.FailureReason);
    }

    private void AssertLittleIsKept(Action<int> storm)
    {
        storm(0);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 1; i <= Many; i++)
        {
            storm(i);
            Server.Clear();
        }
        Client.Events.Clear();
        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(kept < Little, $"{kept} bytes are kept after {Many} messages.");
        GC.KeepAlive(Client);
    }
}
