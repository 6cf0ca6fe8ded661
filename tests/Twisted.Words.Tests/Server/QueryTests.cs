using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

public class QueryTests : ServerTest
{
    [Theory]
    [InlineData("ISON", ":s 461 ada ISON :Not enough parameters")]
    [InlineData("ISON BOB nobody :ada x", ":s 303 ada :bob ada")]
    [InlineData("ISON nobody", ":s 303 ada :")]
    [InlineData("USERHOST", ":s 461 ada USERHOST :Not enough parameters")]
    [InlineData("USERHOST bob nobody ADA", ":s 302 ada :bob=+~bob@127.0.0.1 ada=+~ada@127.0.0.1")]
    [InlineData("USERHOST x x x x x bob", ":s 302 ada :")]
    [InlineData("WHO #c", """
        :s 352 ada #c ~bob 127.0.0.1 irc.test bob H@ :0 Real bob
        :s 352 ada #c ~ada 127.0.0.1 irc.test ada H :0 Real ada
        :s 315 ada #c :End of /WHO list
        """)]
    [InlineData("WHO b*", """
        :s 352 ada #c ~bob 127.0.0.1 irc.test bob H@ :0 Real bob
        :s 315 ada b* :End of /WHO list
        """)]
    [InlineData("WHO nobody", ":s 315 ada nobody :End of /WHO list")]
    [InlineData("WHO * o", ":s 315 ada * :End of /WHO list")]
    [InlineData("WHOIS", ":s 431 ada :No nickname given")]
    [InlineData("WHOIS nobody", ":s 401 ada nobody :No such nick or channel\n:s 318 ada nobody :End of /WHOIS list")]
    [InlineData("WHOWAS", ":s 431 ada :No nickname given")]
    [InlineData("WHOWAS bob", ":s 406 ada bob :There was no such nickname\n:s 369 ada bob :End of WHOWAS")]
    [InlineData("MOTD",
        ":s 375 ada :- irc.test message of the day\n:s 372 ada :- hello\n:s 376 ada :End of MOTD command")]
    [InlineData("MOTD elsewhere", ":s 402 ada elsewhere :No such server")]
    [InlineData("VERSION elsewhere", ":s 402 ada elsewhere :No such server")]
    [InlineData("TIME elsewhere", ":s 402 ada elsewhere :No such server")]
    [InlineData("INFO elsewhere", ":s 402 ada elsewhere :No such server")]
    [InlineData("ADMIN elsewhere", ":s 402 ada elsewhere :No such server")]
    [InlineData("ADMIN *.TEST", ":s 423 ada irc.test :No administrative info available")]
    [InlineData("ADMIN bob", ":s 423 ada irc.test :No administrative info available")]
    [InlineData("ADMIN", ":s 423 ada irc.test :No administrative info available")]
    [InlineData("LINKS", ":s 364 ada irc.test irc.test :0 Twisted for .NET\n:s 365 ada * :End of LINKS list")]
    [InlineData("STATS u", ":s 242 ada :Server Up 1 days 2:03:04\n:s 219 ada u :End of STATS report")]
    [InlineData("STATS", ":s 219 ada * :End of STATS report")]
    [InlineData("LUSERS", """
        :s 251 ada :There are 1 users and 1 invisible on 1 servers
        :s 253 ada 1 :unknown connection(s)
        :s 254 ada 1 :channels formed
        :s 255 ada :I have 2 clients and 0 servers
        :s 265 ada 2 2 :Current local users: 2, max: 2
        :s 266 ada 2 2 :Current global users: 2, max: 2
        """)]
    public void A_question_is_answered(string line, string answer)
    {
        Start(Free with { PingInterval = TimeSpan.FromDays(9) });
        Clock.Advance(new TimeSpan(1, 2, 3, 4));
        InChannel("#c", "bob");
        MemoryPeer ada = User("ada");
        Stranger();
        ada.Send("JOIN #c\r\nMODE ada +i\r\n");
        Assert.Equal(answer, Said(ada, line));
    }

    [Fact]
    public void The_version_comes_with_what_the_server_supports()
    {
        Start();
        string[] lines = Said(User("ada"), "VERSION irc.test").Split('\n');
        Assert.Equal(":s 351 ada twisted-net-0.1 irc.test :Twisted for .NET", lines[0]);
        Assert.StartsWith(":s 005 ada CASEMAPPING=rfc1459 ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith(":s 005 ada NICKLEN=30 ", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void Whois_tells_what_is_known()
    {
        Start();
        InChannel("#c", "bob");
        Clock.Advance(TimeSpan.FromSeconds(42));
        string[] lines = Said(User("ada"), "WHOIS irc.test BOB").Split('\n');
        Assert.Equal(":s 311 ada bob ~bob 127.0.0.1 * :Real bob", lines[0]);
        Assert.Equal(":s 319 ada bob :@#c", lines[1]);
        Assert.Equal(":s 312 ada bob irc.test :Twisted for .NET", lines[2]);
        Assert.Matches(@"^:s 317 ada bob 42 \d+ :seconds idle, signon time$", lines[3]);
        Assert.Equal(":s 318 ada BOB :End of /WHOIS list", lines[4]);
    }

    [Fact]
    public void Whowas_remembers_those_who_have_gone_the_last_first()
    {
        Start();
        for (int i = 0; i < 3; i++)
        {
            MemoryPeer bob = User("bob");
            bob.Send("QUIT\r\n");
            Assert.False(bob.IsConnected);
        }
        MemoryPeer ada = User("ada");
        Assert.Equal(7, Said(ada, "WHOWAS Bob").Split('\n').Length);
        string[] lines = Said(ada, "WHOWAS Bob 1").Split('\n');
        Assert.Equal(":s 314 ada bob ~bob 127.0.0.1 * :Real bob", lines[0]);
        Assert.Equal(":s 369 ada Bob :End of WHOWAS", lines[2]);
    }

    [Fact]
    public void Time_info_admin_and_an_absent_message_of_the_day()
    {
        Start(Free with { Admin = ["Ada", "London", "ada@example.net"], Motd = [] });
        MemoryPeer ada = Stranger();
        ada.Send("NICK ada\r\nUSER ada 0 * :Ada\r\n");
        Assert.EndsWith(":s 422 ada :There is no message of the day", Got(ada), StringComparison.Ordinal);
        Assert.Matches(@"^:s 391 ada irc\.test :\w+ \w+ \d+ \d{4} -- \d\d:\d\d:\d\d UTC$", Said(ada, "TIME"));
        Assert.EndsWith("\n:s 374 ada :End of INFO list", Said(ada, "INFO"), StringComparison.Ordinal);
        Assert.Equal(":s 256 ada irc.test :Administrative info\n:s 257 ada :Ada\n:s 258 ada :London\n"
            + ":s 259 ada :ada@example.net", Said(ada, "ADMIN"));
    }

    [Fact]
    public void An_answer_without_end_stops_when_half_of_the_queue_is_full()
    {
        Start(Free with { SendQueueLimit = 4096 });
        MemoryPeer[] users = [.. Enumerable.Range(0, 60).Select(i => User($"u{i}"))];
        string who = Said(users[0], "WHO *");
        Assert.Contains("\n:s 416 u0 WHO :There are too many: ask for fewer\n", who, StringComparison.Ordinal);
        foreach (MemoryPeer user in users)
            user.Send($"JOIN {string.Join(',', Enumerable.Range(0, 2).Select(i => $"#{user.GetHashCode()}-{i}"))}\r\n");
        Assert.Contains("\n:s 416 u0 LIST :", Said(users[0], "LIST"), StringComparison.Ordinal);
        Assert.True(users[0].IsConnected);
    }
}
