using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

public class ModeTests : ServerTest
{
    private readonly MemoryPeer _ada;
    private readonly MemoryPeer _bob;

    public ModeTests()
    {
        Start();
        MemoryPeer[] users = InChannel("#c", "ada", "bob");
        (_ada, _bob) = (users[0], users[1]);
    }

    [Theory]
    [InlineData("MODE #c", ":s 324 ada #c +nt\n:s 329 ada #c 0")]
    [InlineData("MODE #x", ":s 403 ada #x :No such channel")]
    [InlineData("MODE", ":s 461 ada MODE :Not enough parameters")]
    [InlineData("MODE #c +o bob", ":ada MODE #c +o bob")]
    [InlineData("MODE #c +v BOB", ":ada MODE #c +v bob")]
    [InlineData("MODE #c -o ada", ":ada MODE #c -o ada")]
    [InlineData("MODE #c +o ada", "")]
    [InlineData("MODE #c +o nobody", ":s 401 ada nobody :No such nick or channel")]
    [InlineData("MODE #c +o eve", ":s 441 ada eve #c :They are not on that channel")]
    [InlineData("MODE #c +o", ":s 461 ada MODE :Not enough parameters")]
    [InlineData("MODE #c +im-t", ":ada MODE #c +im-t")]
    [InlineData("MODE #c +nt", "")]
    [InlineData("MODE #c s", ":ada MODE #c +s")]
    [InlineData("MODE #c +ov-n bob bob", ":ada MODE #c +ov-n bob bob")]
    [InlineData("MODE #c +k key", ":ada MODE #c +k key")]
    [InlineData("MODE #c +k", ":s 461 ada MODE :Not enough parameters")]
    [InlineData("MODE #c +k a,b", ":s 525 ada #c :Key is not well-formed")]
    [InlineData("MODE #c +k :a b", ":s 525 ada #c :Key is not well-formed")]
    [InlineData("MODE #c -k x", "")]
    [InlineData("MODE #c +l 5", ":ada MODE #c +l 5")]
    [InlineData("MODE #c +l 0", ":s 696 ada #c l * :A limit is a number, 1 or more")]
    [InlineData("MODE #c +l -1", ":s 696 ada #c l * :A limit is a number, 1 or more")]
    [InlineData("MODE #c +l", ":s 461 ada MODE :Not enough parameters")]
    [InlineData("MODE #c -l", "")]
    [InlineData("MODE #c +b", ":s 368 ada #c :End of channel ban list")]
    [InlineData("MODE #c e", ":s 349 ada #c :End of channel exception list")]
    [InlineData("MODE #c +b bad", ":ada MODE #c +b bad!*@*")]
    [InlineData("MODE #c +b :a b", ":s 696 ada #c b * :This is no mask")]
    [InlineData("MODE #c -b bad", "")]
    [InlineData("MODE #c +x", ":s 472 ada x :is unknown mode char to me")]
    [InlineData("MODE #c +p", ":s 472 ada p :is unknown mode char to me")]
    [InlineData("MODE ada", ":s 221 ada +")]
    [InlineData("MODE ADA +iw", ":ada MODE ada :+iw")]
    [InlineData("MODE ada +o", "")]
    [InlineData("MODE ada +x", ":s 501 ada :Unknown MODE flag")]
    [InlineData("MODE bob +i", ":s 502 ada :Cannot change mode for other users")]
    [InlineData("MODE nobody", ":s 401 ada nobody :No such nick or channel")]
    public void An_operator_is_answered(string line, string answer)
    {
        User("eve");
        string got = Said(_ada, line).Replace(":ada!~ada@127.0.0.1 ", ":ada ", StringComparison.Ordinal);
        Assert.Equal(answer, line == "MODE #c" ? got[..(got.LastIndexOf(' ') + 1)] + "0" : got);
    }

    [Fact]
    public void Others_may_look_and_change_nothing()
    {
        Assert.Equal(":s 482 bob #c :You are not a channel operator", Said(_bob, "MODE #c +i-t"));
        Assert.Equal(":s 482 bob #c :You are not a channel operator", Said(_bob, "MODE #c +b x"));
        Assert.Equal(":s 368 bob #c :End of channel ban list", Said(_bob, "MODE #c +b"));
        MemoryPeer eve = User("eve");
        Assert.Equal(":s 442 eve #c :You are not on that channel", Said(eve, "MODE #c +i"));
        Assert.Equal(":s 442 eve #c :You are not on that channel", Said(eve, "MODE #c +b"));
        _ada.Send("MODE #c +kl secret 7\r\n");
        Assert.StartsWith(":s 324 eve #c +ntkl * 7\n", Said(eve, "MODE #c"), StringComparison.Ordinal);
        Assert.StartsWith(":s 324 bob #c +ntkl secret 7\n", Said(_bob, "MODE #c").Replace(
            ":ada!~ada@127.0.0.1 MODE #c +kl secret 7\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_are_told_to_all_members()
    {
        _ada.Send("MODE #c +i\r\n");
        Assert.Equal(":ada!~ada@127.0.0.1 MODE #c +i", Got(_bob));
    }

    [Fact]
    public void A_key_is_needed()
    {
        MemoryPeer eve = User("eve");
        _ada.Send("MODE #c +k key\r\n");
        Assert.Equal(":s 475 eve #c :Cannot join channel (+k)", Said(eve, "JOIN #c"));
        Assert.Equal(":s 475 eve #c :Cannot join channel (+k)", Said(eve, "JOIN #c Key"));
        Assert.Contains(" 366 eve #d ", Said(eve, "JOIN #c,#d key"), StringComparison.Ordinal);
        Assert.Contains("#c", Said(eve, "WHOIS eve"), StringComparison.Ordinal);
        Assert.EndsWith(" MODE #c -k *", Said(_ada, "MODE #c -k"), StringComparison.Ordinal);
        Assert.Contains(" 366 ", Said(User("joe"), "JOIN #c"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_holds()
    {
        MemoryPeer eve = User("eve");
        _ada.Send("MODE #c +l 2\r\n");
        Assert.Equal(":s 471 eve #c :Cannot join channel (+l)", Said(eve, "JOIN #c"));
        _ada.Send("MODE #c -l\r\n");
        Assert.Contains(" 366 ", Said(eve, "JOIN #c"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ban_keeps_out_and_silent_but_for_exceptions()
    {
        MemoryPeer eve = User("eve");
        _ada.Send("MODE #c +bb *!*@127.0.0.* EV?\r\n");
        Assert.Equal(":s 474 eve #c :Cannot join channel (+b)", Said(eve, "JOIN #c"));
        Got(_bob);
        Assert.Equal(":s 404 bob #c :Cannot send to channel", Said(_bob, "PRIVMSG #c :hi"));
        _ada.Send("MODE #c +e bob!*@*\r\n");
        Got(_bob);
        Assert.Equal("", Said(_bob, "PRIVMSG #c :hi"));
        _ada.Send("MODE #c +e eve\r\n");
        Assert.Contains(" 366 ", Said(eve, "JOIN #c"), StringComparison.Ordinal);
        string bans = Said(_ada, "MODE #c b");
        Assert.Matches("""
            ^:s 367 ada #c \*!\*@127\.0\.0\.\* ada!~ada@127\.0\.0\.1 \d+
            :s 367 ada #c EV\?!\*@\* ada!~ada@127\.0\.0\.1 \d+
            :s 368 ada #c :End of channel ban list$
            """, bans);
        Assert.Contains(" 348 ada #c bob!*@* ", Said(_ada, "MODE #c +e"), StringComparison.Ordinal);
        Assert.EndsWith(" MODE #c -b EV?!*@*", Said(_ada, "MODE #c -b ev?!*@*"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_voice_or_the_status_of_an_operator_overcomes_a_ban_and_moderation()
    {
        _ada.Send("MODE #c +mb *!*@*\r\n");
        Got(_bob);
        Assert.Equal(":s 404 bob #c :Cannot send to channel", Said(_bob, "PRIVMSG #c :hi"));
        Assert.Equal("", Said(_ada, "PRIVMSG #c :hi"));
        _ada.Send("MODE #c +v bob\r\n");
        Got(_bob);
        Assert.Equal("", Said(_bob, "PRIVMSG #c :hi"));
        Assert.Equal(":bob!~bob@127.0.0.1 PRIVMSG #c :hi", Got(_ada).Split('\n')[^1]);
    }

    [Fact]
    public void Strangers_speak_to_a_channel_only_without_n()
    {
        MemoryPeer eve = User("eve");
        Assert.Equal(":s 404 eve #c :Cannot send to channel", Said(eve, "PRIVMSG #c :hi"));
        _ada.Send("MODE #c -n\r\n");
        Got(_bob);
        Assert.Equal("", Said(eve, "PRIVMSG #c :hi"));
        Assert.Equal(":eve!~eve@127.0.0.1 PRIVMSG #c :hi", Got(_bob));
        _ada.Send("MODE #c +m\r\n");
        Assert.Equal(":s 404 eve #c :Cannot send to channel", Said(eve, "PRIVMSG #c :hi"));
    }

    [Fact]
    public void Lists_of_masks_have_an_end()
    {
        Dispose();
        Start(Free with { MaxListEntries = 3 });
        MemoryPeer ada = InChannel("#c", "ada")[0];
        Assert.EndsWith("\n:ada!~ada@127.0.0.1 MODE #c +bbb a!*@* b!*@* c!*@*",
            "\n" + Said(ada, "MODE #c +bbb a b c"), StringComparison.Ordinal);
        Assert.Equal(":s 478 ada #c d!*@* :Channel list is full", Said(ada, "MODE #c +b d"));
        Assert.Contains(" 696 ", Said(ada, "MODE #c +b " + new string('x', 200)), StringComparison.Ordinal);
    }

    [Fact]
    public void Six_changes_with_a_parameter_are_the_most()
    {
        string got = Said(_ada, "MODE #c +bbbbbbb a b c d e f g");
        Assert.EndsWith(" MODE #c +bbbbbb a!*@* b!*@* c!*@* d!*@* e!*@* f!*@*", got, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_changes_are_told_in_several_messages()
    {
        string mask = new('x', 70);
        string got = Said(_ada, $"MODE #c +bbbbbb 1{mask} 2{mask} 3{mask} 4{mask} 5{mask} 6{mask}");
        string[] lines = got.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 510));
        Assert.Equal(6, lines.Sum(line => line.Split("!*@*").Length - 1));
    }

    [Fact]
    public void Who_is_invisible_is_seen_by_those_who_share_a_channel()
    {
        MemoryPeer eve = User("eve");
        _bob.Send("MODE bob +i\r\n");
        Assert.Contains("#c :@ada bob", Said(_ada, "NAMES #c"), StringComparison.Ordinal);
        Assert.DoesNotContain("bob", Said(eve, "NAMES #c"), StringComparison.Ordinal);
        Assert.DoesNotContain("bob", Said(eve, "WHO #c"), StringComparison.Ordinal);
        Assert.DoesNotContain("bob", Said(eve, "WHO *"), StringComparison.Ordinal);
        Assert.DoesNotContain(" 319 ", Said(eve, "WHOIS bob"), StringComparison.Ordinal);
        Assert.Contains(" bob ", Said(_ada, "WHO *"), StringComparison.Ordinal);
        Assert.Equal(":s 221 bob +i", Said(_bob, "MODE bob").Split('\n')[^1]);
        Assert.EndsWith(" MODE bob :-i", Said(_bob, "MODE bob -i"), StringComparison.Ordinal);
    }
}
