using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

public class MessageTests : ServerTest
{
    public MessageTests() => Start();

    [Theory]
    [InlineData("PRIVMSG", ":s 411 ada :No recipient given (PRIVMSG)")]
    [InlineData("PRIVMSG bob", ":s 412 ada :No text to send")]
    [InlineData("PRIVMSG bob :", ":s 412 ada :No text to send")]
    [InlineData("PRIVMSG nobody :hi", ":s 401 ada nobody :No such nick or channel")]
    [InlineData("PRIVMSG #x :hi", ":s 403 ada #x :No such channel")]
    [InlineData("PRIVMSG #c :hi", ":s 404 ada #c :Cannot send to channel")]
    [InlineData("PRIVMSG bob,bob,bob,bob,bob :hi", ":s 407 ada bob :Too many targets")]
    [InlineData("TAGMSG", ":s 411 ada :No recipient given (TAGMSG)")]
    [InlineData("TAGMSG nobody", ":s 401 ada nobody :No such nick or channel")]
    [InlineData("NOTICE", "")]
    [InlineData("NOTICE bob", "")]
    [InlineData("NOTICE nobody :hi", "")]
    [InlineData("NOTICE #x :hi", "")]
    [InlineData("NOTICE #c :hi", "")]
    [InlineData("NOTICE bob,bob,bob,bob,bob :hi", "")]
    public void What_cannot_be_said_is_answered_unless_it_is_a_notice(string line, string answer)
    {
        InChannel("#c", "bob");
        Assert.Equal(answer, Said(User("ada"), line));
    }

    [Fact]
    public void All_other_members_hear_what_is_said()
    {
        MemoryPeer[] users = InChannel("#c", "ada", "bob", "eve");
        Assert.Equal("", Said(users[0], "PRIVMSG #C :hi  all"));
        Assert.Equal("", Said(users[0], "NOTICE #c,bob note"));
        Assert.Equal(":ada!~ada@127.0.0.1 PRIVMSG #c :hi  all\n:ada!~ada@127.0.0.1 NOTICE #c :note\n"
            + ":ada!~ada@127.0.0.1 NOTICE bob :note", Got(users[1]));
        Assert.Equal(":ada!~ada@127.0.0.1 PRIVMSG #c :hi  all\n:ada!~ada@127.0.0.1 NOTICE #c :note", Got(users[2]));
    }

    [Fact]
    public void Text_leaves_as_it_came_also_when_it_is_no_UTF_8()
    {
        MemoryPeer[] users = InChannel("#c", "ada", "bob");
        users[0].Send([.. "PRIVMSG #c :\u0001ACTION "u8, 0xFF, 0xE9, 0x80, 1, .. "\r\n"u8]);
        Assert.Equal([.. ":ada!~ada@127.0.0.1 PRIVMSG #c :\u0001ACTION "u8, 0xFF, 0xE9, 0x80, 1, .. "\r\n"u8],
            users[1].ReceivedBytes);
    }

    [Fact]
    public void A_NUL_and_a_CR_that_ends_no_line_are_left_out()
    {
        MemoryPeer[] users = InChannel("#c", "ada", "bob");
        users[0].Send("PRIVMSG #c :a\0b\rc\r\r\nPRIVMSG #c d\n");
        Assert.Equal(":ada!~ada@127.0.0.1 PRIVMSG #c :abc\n:ada!~ada@127.0.0.1 PRIVMSG #c :d", Got(users[1]));
    }

    [Fact]
    public void What_becomes_too_long_is_cut_between_characters()
    {
        MemoryPeer[] users = InChannel("#c", "ada", "bob");
        users[0].Send("PRIVMSG #c :" + new string('é', 245) + "\r\n");
        string start = ":ada!~ada@127.0.0.1 PRIVMSG #c :";
        Assert.Equal($"{start}{new string('é', (510 - start.Length) / 2)}\r\n", users[1].Received);
    }

    [Fact]
    public void Who_is_away_is_told_of_to_those_who_speak_to_them()
    {
        MemoryPeer ada = User("ada");
        MemoryPeer bob = User("bob");
        Assert.Equal(":s 306 bob :You have been marked as being away", Said(bob, "AWAY :tea time"));
        Assert.Equal(":s 301 ada bob :tea time", Said(ada, "PRIVMSG bob :hi"));
        Assert.Equal("", Said(ada, "NOTICE bob :hi"));
        Assert.Contains(" 301 ada bob :tea time\n", Said(ada, "WHOIS bob"), StringComparison.Ordinal);
        Assert.Equal(":s 302 ada :bob=-~bob@127.0.0.1", Said(ada, "USERHOST bob"));
        Assert.Contains(" bob G :0 Real bob", Said(ada, "WHO bob"), StringComparison.Ordinal);
        bob.Clear();
        Assert.Equal(":s 305 bob :You are no longer marked as being away", Said(bob, "AWAY :"));
        Assert.Equal("", Said(ada, "PRIVMSG bob :hi"));
    }

    [Fact]
    public void Each_gets_the_tags_that_it_has_asked_for()
    {
        MemoryPeer ada = User("ada", "message-tags echo-message server-time");
        MemoryPeer plain = User("bob");
        MemoryPeer tags = User("eve", "message-tags");
        MemoryPeer time = User("joe", "server-time");
        foreach (MemoryPeer user in new[] { ada, plain, tags, time })
            user.Send("JOIN #c\r\n");
        foreach (MemoryPeer user in new[] { ada, plain, tags, time })
            user.Clear();
        string at = $"time={Clock.TimeProvider.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";
        ada.Send("@+draft/reply=1;secret=2;+x PRIVMSG #c :hi\r\n");
        string said = ":ada!~ada@127.0.0.1 PRIVMSG #c :hi";
        Assert.Equal($"@{at};+draft/reply=1;+x {said}", Got(ada));
        Assert.Equal(said, Got(plain));
        Assert.Equal($"@+draft/reply=1;+x {said}", Got(tags));
        Assert.Equal($"@{at} {said}", Got(time));
    }

    [Fact]
    public void Tags_alone_go_to_those_who_know_tags()
    {
        MemoryPeer ada = User("ada", "message-tags");
        MemoryPeer bob = User("bob");
        MemoryPeer eve = User("eve", "message-tags");
        foreach (MemoryPeer user in new[] { ada, bob, eve })
            user.Send("JOIN #c\r\n");
        Got(eve);
        Got(bob);
        ada.Send("@+typing=active TAGMSG #c,eve,bob\r\nTAGMSG #c\r\n");
        Assert.Equal("@+typing=active :ada!~ada@127.0.0.1 TAGMSG #c\n@+typing=active :ada!~ada@127.0.0.1 TAGMSG eve",
            Got(eve));
        Assert.Equal("", Got(bob));
    }

    [Fact]
    public void The_tags_of_a_client_that_has_not_asked_for_them_are_left_out()
    {
        MemoryPeer ada = User("ada");
        MemoryPeer eve = User("eve", "message-tags");
        ada.Send("@+x PRIVMSG eve :hi\r\n");
        Assert.Equal(":ada!~ada@127.0.0.1 PRIVMSG eve :hi", Got(eve));
    }

    [Fact]
    public void Who_speaks_to_itself_hears_it_once()
    {
        MemoryPeer ada = User("ada", "echo-message");
        Assert.Equal(":ada!~ada@127.0.0.1 PRIVMSG ada :hi", Said(ada, "PRIVMSG ada :hi"));
    }
}
