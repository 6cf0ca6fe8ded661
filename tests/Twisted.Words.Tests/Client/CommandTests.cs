using System.Reflection;
using System.Text;

namespace Twisted.Words.Tests;

public class CommandTests : ClientTest
{
    public CommandTests() => Connect();

    [Fact]
    public void Commands_are_sent_as_they_are_written()
    {
        Client.Join("c");
        Client.Join("#c", "key");
        Client.Leave("&c", "bye all");
        Client.Kick("c", "n", "why not");
        Client.Invite("n", "c");
        Client.SetTopic("c", "");
        Client.AskTopic("c");
        Client.Mode("c", set: true, "ov", "a", "b");
        Client.Mode("BOT", set: false, "i");
        Client.Say("c", "hi");
        Client.Notice("n", "note");
        Client.Describe("#c", "waves");
        Client.Away("tea time");
        Client.Back();
        Client.SetNick("bot2");
        Client.Quit("good bye");
        Assert.Equal("""
            JOIN #c
            JOIN #c key
            PART &c :bye all
            KICK #c n :why not
            INVITE n #c
            TOPIC #c :
            TOPIC #c
            MODE #c +ov a b
            MODE BOT -i
            PRIVMSG #c :hi
            NOTICE n :note
            PRIVMSG #c :~ACTION waves~
            AWAY :tea time
            AWAY
            NICK bot2
            QUIT :good bye
            """, Sent().Replace('\u0001', '~'));
    }

    [Fact]
    public void A_long_message_is_split_so_that_no_reader_gets_less()
    {
        Client.Msg("#c", string.Join(' ', Enumerable.Repeat("ééééééééé", 100)));
        string[] lines = Sent().Split('\n');
        Assert.InRange(lines.Length, 5, 8);
        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 512 - 90));
        Assert.Equal(900, lines.Sum(line => line.Count(c => c == 'é')));
    }

    [Fact]
    public void A_length_without_room_for_text_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Client.Msg("#c", "text", length: 17));
        Client.Msg("#c", "text", length: 18);
        Assert.Equal("PRIVMSG #c :text", Sent());
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\0")]
    public void No_command_lets_a_second_line_through(string end)
    {
        foreach (MethodInfo method in typeof(IrcClient).GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            ParameterInfo[] parameters = method.GetParameters();
            if (parameters.Any(parameter => parameter.ParameterType.IsByRefLike)) // Mode and SendCommand: below
                continue;
            for (int bad = 0; bad < parameters.Length; bad++)
            {
                if (parameters[bad].ParameterType != typeof(string))
                    continue;
                object?[] values = [.. parameters.Select((parameter, i) =>
                    parameter.ParameterType != typeof(string) ? null : i == bad ? $"a{end}b" : "a")];
                Exception? failure = Record.Exception(() => method.Invoke(Client, values));
                string[] sent = Sent().Split('\n');
                if (failure is null) // text that may be split is, and each piece has its command
                    Assert.All(sent, line => Assert.Matches("^(PRIVMSG|NOTICE) #?a :[ab]$", line));
                else
                    Assert.True(
                        sent is [""] && failure.InnerException is ArgumentException, $"{method.Name}: {failure}");
            }
        }
        Assert.Throws<ArgumentException>(() => Client.Mode("c", true, "o", "a" + end));
        Assert.Throws<ArgumentException>(() => Client.SendCommand("A" + end, "b"));
        Assert.Equal("", Sent());
    }

    [Fact]
    public void A_line_that_the_server_would_cut_is_refused()
    {
        Client.SendLine(new string('x', 510));
        Sent();
        Assert.Throws<ArgumentException>(() => Client.SendLine(new string('x', 511)));
        Assert.Throws<ArgumentException>(() => Client.SetTopic("c", new string('é', 300)));
        Assert.Equal("", Sent());
    }

    [Fact]
    public void Lines_keep_their_rate_and_a_PONG_does_not_wait()
    {
        Connect(new RecordingClient(Clock) { Rate = TimeSpan.FromSeconds(2) });
        Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("USER bot 0 * bot", Sent()); // the login keeps it too
        Client.Msg("n", "one\ntwo\nthree");
        Assert.Equal("PRIVMSG n :one", Sent());
        Heard("PING x");
        Assert.Equal("PONG x", Sent());
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("PRIVMSG n :two", Sent());
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("PRIVMSG n :three", Sent());
        Clock.Advance(TimeSpan.FromSeconds(4));
        Client.Msg("n", "four");
        Assert.Equal("PRIVMSG n :four", Sent());
    }

    [Fact]
    public void The_queue_of_lines_is_bounded()
    {
        Connect(new RecordingClient(Clock) { Rate = TimeSpan.FromSeconds(2) });
        Exception? failure = null;
        for (int i = 0; i < 20_000 && failure is null; i++)
            failure = Record.Exception(() => Client.SendLine("PRIVMSG n :x"));
        Assert.IsType<QueueOverflowException>(failure);
        Assert.Equal(10_000, Client.WaitingLines);
    }

    [Fact]
    public void Whois_tells_all_that_the_server_told()
    {
        IrcWhois? found = null;
        Client.Whois("Nick").AddCallback(whois => { found = whois; });
        Assert.Equal("WHOIS Nick", Sent());
        Heard(":irc 311 bot nick u h * :Real Name");
        Heard(":irc 312 bot nick srv :info");
        Heard(":irc 313 bot nick :is an operator");
        Heard(":irc 317 bot nick 42 :idle");
        Heard(":irc 319 bot nick :@#a +#b ");
        Heard(":irc 301 bot nick :tea");
        Heard(":irc 330 bot nick acc :is logged in as");
        Assert.Null(found);
        Heard(":irc 318 bot nick :End");
        Assert.Equal(["@#a", "+#b"], found!.Channels);
        Assert.Equal(
            ("nick", "u", "h", "Real Name", "srv", true, TimeSpan.FromSeconds(42), "tea", "acc"),
            (found.Nickname, found.UserName, found.Host, found.RealName, found.Server, found.IsOperator, found.Idle,
                found.Away, found.Account));
    }

    [Fact]
    public void Names_and_lists_are_collected()
    {
        string? told = null;
        Client.Names("c").AddCallback(names => { told = string.Join(' ', names); });
        Client.List().AddCallback(list => { told += string.Join(' ', list.Select(one => $"{one.Name}={one.Users}")); });
        Heard(":irc 353 bot = #C :@a +b");
        Heard(":irc 353 bot = #c :d");
        Heard(":irc 322 bot #x 3 :topic");
        Heard(":irc 366 bot #c :End");
        Assert.Equal("@a +b d", told);
        told = "";
        Heard(":irc 323 bot :End");
        Assert.Equal("#x=3", told);
    }

    [Fact]
    public void A_question_fails_when_there_is_no_such_user_no_answer_or_no_connection()
    {
        var failures = new List<Exception>();
        Client.Whois("a").AddErrback(e => { failures.Add(e); return null!; });
        Client.Whois("b").AddErrback(e => { failures.Add(e); return null!; });
        Heard(":irc 401 bot a :No such nick");
        Clock.Advance(TimeSpan.FromMinutes(1));
        Client.Names("c").AddErrback(e => { failures.Add(e); return null!; });
        Server.Disconnect();
        Assert.Equal([typeof(IrcException), typeof(TimeoutException), typeof(ConnectionDoneException)],
            failures.Select(e => e.GetType()));
        Assert.Equal("401", ((IrcException)failures[0]).Code);
    }

    [Fact]
    public void Only_so_many_questions_wait()
    {
        for (int i = 0; i < 100; i++)
            Client.Whois($"n{i}").AddErrback(_ => null!);
        Exception? failure = null;
        Client.Whois("one").AddErrback(e => { failure = e; return null!; });
        Assert.IsType<QueueOverflowException>(failure);
        Server.Disconnect();
    }
}
