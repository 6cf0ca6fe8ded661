using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

public class ChannelTests : ServerTest
{
    public ChannelTests() => Start();

    [Fact]
    public void Who_comes_first_is_the_operator_and_all_hear_who_comes()
    {
        MemoryPeer ada = User("ada");
        MemoryPeer bob = User("bob");
        Assert.Equal(":ada!~ada@127.0.0.1 JOIN #c\n:s 353 ada = #c :@ada\n:s 366 ada #c :End of /NAMES list",
            Said(ada, "JOIN #c"));
        Assert.Equal(":bob!~bob@127.0.0.1 JOIN #c\n:s 353 bob = #c :@ada bob\n:s 366 bob #c :End of /NAMES list",
            Said(bob, "JOIN #C"));
        Assert.Equal(":bob!~bob@127.0.0.1 JOIN #c", Got(ada));
        Assert.Equal("", Said(ada, "JOIN #c"));
        Assert.Equal(["#c"], Factory.Channels);
    }

    [Fact]
    public void Members_leave_by_PART_by_JOIN_0_and_by_going()
    {
        MemoryPeer[] users = InChannel("#c", "ada", "bob", "eve", "joe");
        Assert.Equal(":ada!~ada@127.0.0.1 PART #c :so long", Said(users[0], "PART #c :so long"));
        Assert.Equal(":bob!~bob@127.0.0.1 PART #c", Said(users[1], "JOIN 0"));
        Got(users[2]);
        users[2].Send("QUIT :bye\r\n");
        Assert.Equal("ERROR :Closing link: (~eve@127.0.0.1) [Quit: bye]", Got(users[2]));
        Assert.False(users[2].IsConnected);
        Assert.Equal("""
            :ada!~ada@127.0.0.1 PART #c :so long
            :bob!~bob@127.0.0.1 PART #c
            :eve!~eve@127.0.0.1 QUIT :Quit: bye
            """, Got(users[3]));
        Assert.Equal(1, Factory.ChannelCount);
        users[3].Close();
        Clock.Advance(TimeSpan.Zero);
        Assert.Equal(0, Factory.ChannelCount);
    }

    [Theory]
    [InlineData("JOIN", ":s 461 ada JOIN :Not enough parameters")]
    [InlineData("JOIN c", ":s 403 ada c :No such channel")]
    [InlineData("JOIN #", ":s 403 ada # :No such channel")]
    [InlineData("JOIN :#a b", ":s 403 ada * :No such channel")]
    [InlineData("JOIN #a\u0007b", ":s 403 ada * :No such channel")]
    [InlineData("JOIN #a:b", ":s 403 ada #a:b :No such channel")]
    [InlineData("JOIN ,,", "")]
    [InlineData("PART", ":s 461 ada PART :Not enough parameters")]
    [InlineData("PART #x", ":s 403 ada #x :No such channel")]
    [InlineData("PART #c", ":s 442 ada #c :You are not on that channel")]
    [InlineData("TOPIC", ":s 461 ada TOPIC :Not enough parameters")]
    [InlineData("TOPIC #x", ":s 403 ada #x :No such channel")]
    [InlineData("TOPIC #c", ":s 442 ada #c :You are not on that channel")]
    [InlineData("KICK #c", ":s 461 ada KICK :Not enough parameters")]
    [InlineData("KICK #c bob", ":s 442 ada #c :You are not on that channel")]
    [InlineData("KICK #x bob", ":s 403 ada #x :No such channel")]
    [InlineData("INVITE bob", ":s 461 ada INVITE :Not enough parameters")]
    [InlineData("INVITE nobody #c", ":s 401 ada nobody :No such nick or channel")]
    [InlineData("INVITE bob #c", ":s 442 ada #c :You are not on that channel")]
    [InlineData("NAMES", ":s 366 ada * :End of /NAMES list")]
    [InlineData("NAMES #x", ":s 366 ada #x :End of /NAMES list")]
    [InlineData("NAMES #c", ":s 353 ada = #c :@bob\n:s 366 ada #c :End of /NAMES list")]
    [InlineData("LIST", ":s 321 ada Channel :Users  Name\n:s 322 ada #c 1 :\n:s 323 ada :End of /LIST")]
    [InlineData("LIST #x,#C", ":s 321 ada Channel :Users  Name\n:s 322 ada #c 1 :\n:s 323 ada :End of /LIST")]
    public void Who_is_not_in_a_channel_is_answered(string line, string answer)
    {
        InChannel("#c", "bob");
        Assert.Equal(answer, Said(User("ada"), line));
    }

    [Fact]
    public void The_name_of_a_channel_is_UTF_8()
    {
        MemoryPeer ada = User("ada");
        Assert.Contains(" 353 ada = #é :@ada\n", Said(ada, "JOIN #é"), StringComparison.Ordinal);
        Assert.Equal(["#é"], Factory.Channels);
        ada.Send([.. "JOIN #"u8, 0xFF, .. "\r\n"u8]);
        Assert.Equal([.. ":irc.test 403 ada #"u8, 0xFF, .. " :No such channel\r\n"u8], ada.ReceivedBytes);
        Assert.Contains(" 403 ", Said(ada, "JOIN #" + new string('x', 50)), StringComparison.Ordinal);
        Assert.Contains(" 366 ", Said(ada, "JOIN #" + new string('x', 49)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_topic_is_told_and_only_operators_set_it()
    {
        MemoryPeer[] users = InChannel("#c", "ada", "bob");
        Assert.Equal(":s 331 bob #c :No topic is set", Said(users[1], "TOPIC #c"));
        Assert.Equal(":s 482 bob #c :You are not a channel operator", Said(users[1], "TOPIC #c :new"));
        Assert.Equal(":ada!~ada@127.0.0.1 TOPIC #c :new topic", Said(users[0], "TOPIC #c :new topic"));
        Assert.Equal(":ada!~ada@127.0.0.1 TOPIC #c :new topic", Got(users[1]));
        string topic = Said(users[1], "TOPIC #c");
        Assert.StartsWith(":s 332 bob #c :new topic\n:s 333 bob #c ada!~ada@127.0.0.1 ", topic,
            StringComparison.Ordinal);
        Assert.Contains(" 332 eve #c :new topic\n", Said(User("eve"), "JOIN #c"), StringComparison.Ordinal);
        users[0].Send("MODE #c -t\r\n");
        Got(users[1]);
        Assert.Equal(":bob!~bob@127.0.0.1 TOPIC #c :", Said(users[1], "TOPIC #c :"));
        Assert.Equal(":s 331 bob #c :No topic is set", Said(users[1], "TOPIC #c"));
    }

    [Fact]
    public void A_long_topic_is_cut_between_characters()
    {
        MemoryPeer ada = InChannel("#c", "ada")[0];
        string topic = Said(ada, "TOPIC #c :" + new string('é', 200)).Split(':')[^1];
        Assert.Equal(new string('é', 153), topic); // 306 bytes: the 307th would be half of one
    }

    [Fact]
    public void An_operator_throws_out()
    {
        MemoryPeer[] users = InChannel("#c", "ada", "bob", "eve");
        Assert.Equal(":s 482 bob #c :You are not a channel operator", Said(users[1], "KICK #c eve"));
        Assert.Equal(":s 401 ada nobody :No such nick or channel", Said(users[0], "KICK #c nobody"));
        User("joe");
        Assert.Equal(":s 441 ada joe #c :They are not on that channel", Said(users[0], "KICK #c joe"));
        Got(users[2]);
        Assert.Equal(":ada!~ada@127.0.0.1 KICK #c bob :ada\n:ada!~ada@127.0.0.1 KICK #c eve :ada",
            Said(users[0], "KICK #c bob,eve"));
        Assert.Equal(":ada!~ada@127.0.0.1 KICK #c bob :ada\n:ada!~ada@127.0.0.1 KICK #c eve :ada", Got(users[2]));
        Assert.Equal(":ada!~ada@127.0.0.1 KICK #c ada :me too", Said(users[0], "KICK #c ada,bob :me too"));
        Assert.Equal(0, Factory.ChannelCount);
    }

    [Fact]
    public void Too_many_targets_of_a_KICK_are_left_alone()
    {
        MemoryPeer[] users = InChannel("#c", "a", "b", "c", "d", "e", "f");
        Assert.EndsWith(
            "\n:s 407 a f :Too many targets", Said(users[0], "KICK #c b,c,d,e,f"), StringComparison.Ordinal);
        Assert.Contains(":a f", Said(users[0], "NAMES #c").Replace("@", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_invitation_opens_a_channel_once()
    {
        MemoryPeer[] users = InChannel("#c", "ada", "bob");
        MemoryPeer eve = User("eve");
        users[0].Send("MODE #c +i\r\n");
        Assert.Equal(":s 473 eve #c :Cannot join channel (+i)", Said(eve, "JOIN #c"));
        Assert.Equal(":s 482 bob #c :You are not a channel operator",
            Said(users[1], "INVITE eve #c"));
        Assert.Equal(":s 443 ada bob #c :is already on channel", Said(users[0], "INVITE bob #c"));
        Assert.Equal(":s 341 ada eve #c", Said(users[0], "INVITE eve #c"));
        Assert.Equal(":ada!~ada@127.0.0.1 INVITE eve #c", Got(eve));
        Assert.Contains(" 366 ", Said(eve, "JOIN #c"), StringComparison.Ordinal);
        eve.Send("PART #c\r\n");
        Assert.Equal(":s 473 eve #c :Cannot join channel (+i)", Said(eve, "JOIN #c"));
    }

    [Fact]
    public void An_invitation_is_of_one_channel_and_not_of_the_next_of_that_name()
    {
        MemoryPeer ada = InChannel("#c", "ada")[0];
        MemoryPeer eve = User("eve");
        ada.Send("INVITE eve #c\r\nPART #c\r\nJOIN #c\r\nMODE #c +i\r\n");
        Assert.Equal(":s 473 eve #c :Cannot join channel (+i)", Said(eve, "JOIN #c").Split('\n')[^1]);
    }

    [Fact]
    public void Capabilities_change_what_is_told_of_those_who_come()
    {
        MemoryPeer ada = User("ada", "extended-join multi-prefix userhost-in-names away-notify invite-notify");
        MemoryPeer bob = User("bob");
        ada.Send("JOIN #c\r\nMODE #c +v ada\r\n");
        bob.Send("AWAY :tea\r\n");
        Got(ada);
        Assert.Contains(" 353 bob = #c :@ada bob\n", Said(bob, "JOIN #c"), StringComparison.Ordinal);
        Assert.Equal(":bob!~bob@127.0.0.1 JOIN #c * :Real bob\n:bob!~bob@127.0.0.1 AWAY :tea", Got(ada));
        Assert.StartsWith(":s 353 ada = #c :@+ada!~ada@127.0.0.1 bob!~bob@127.0.0.1\n", Said(ada, "NAMES #c"),
            StringComparison.Ordinal);
        bob.Send("AWAY\r\n");
        Assert.Equal(":bob!~bob@127.0.0.1 AWAY", Got(ada));
        User("eve");
        bob.Send("INVITE eve #c\r\n");
        Assert.Equal(":bob!~bob@127.0.0.1 INVITE eve #c", Got(ada));
    }

    [Fact]
    public void A_secret_channel_is_seen_by_its_members_only()
    {
        MemoryPeer ada = InChannel("#c", "ada")[0];
        MemoryPeer eve = User("eve");
        ada.Send("MODE #c +s\r\n");
        foreach ((string line, string answer) in new[]
        {
            ("NAMES #c", ":s 366 eve #c :End of /NAMES list"),
            ("LIST", ":s 321 eve Channel :Users  Name\n:s 323 eve :End of /LIST"),
            ("LIST #c", ":s 321 eve Channel :Users  Name\n:s 323 eve :End of /LIST"),
            ("WHO #c", ":s 315 eve #c :End of /WHO list"),
            ("TOPIC #c", ":s 403 eve #c :No such channel"),
            ("MODE #c", ":s 403 eve #c :No such channel"),
            ("MODE #c +b", ":s 403 eve #c :No such channel"),
            ("PART #c", ":s 403 eve #c :No such channel"),
            ("KICK #c ada", ":s 403 eve #c :No such channel"),
            ("INVITE ada #c", ":s 403 eve #c :No such channel"),
            ("PRIVMSG #c :hi", ":s 403 eve #c :No such channel"),
        })
            Assert.Equal(answer, Said(eve, line));
        Assert.DoesNotContain("#c", Said(eve, "WHOIS ada"), StringComparison.Ordinal);
        Assert.DoesNotContain("#c", Said(eve, "WHO ada"), StringComparison.Ordinal);
        Assert.Contains(" 353 ada @ #c :@ada", Said(ada, "NAMES #c"), StringComparison.Ordinal);
        Assert.Contains(" 322 ada #c 1 :", Said(ada, "LIST"), StringComparison.Ordinal);
        Assert.Contains(" 353 eve @ #c :@ada eve", Said(eve, "JOIN #c"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_may_be_in_so_many_channels_and_one_answer_tells_it()
    {
        Dispose();
        Start(Free with { MaxChannelsPerUser = 3 });
        MemoryPeer ada = User("ada");
        string text = Said(ada, "JOIN " + string.Join(',', Enumerable.Range(0, 80).Select(i => $"#c{i}")));
        Assert.EndsWith("\n:s 405 ada #c3 :You have joined too many channels", text, StringComparison.Ordinal);
        for (int i = 0; i < 10_000 / 80; i++)
            ada.Send("JOIN " + string.Join(',', Enumerable.Range(i * 80, 80).Select(n => $"#x{n}")) + "\r\n");
        Assert.Equal(3, Factory.ChannelCount);
        Assert.True(ada.IsConnected);
    }

    [Fact]
    public void Names_take_as_many_lines_as_they_need()
    {
        MemoryPeer[] users = InChannel("#c", [.. Enumerable.Range(0, 60).Select(i => $"someone_of_a_long_name_{i}")]);
        users[0].Clear();
        users[0].Send("NAMES #c\r\n");
        string[] lines = users[0].Received.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 510));
        Assert.Equal(60, lines[..^1].Sum(line => line.Split(':')[^1].Split(' ').Length));
    }
}
