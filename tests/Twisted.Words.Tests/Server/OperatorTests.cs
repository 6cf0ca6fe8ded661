using Twisted.Cred;
using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

public class OperatorTests : ServerTest
{
    private static readonly IrcServerOptions WithOperators = Free with
    {
        Operators = new Portal(new IrcRealm(), new InsecureMemoryChecker(("root", "toor"))),
    };

    [Fact]
    public void A_password_makes_an_operator()
    {
        Start(WithOperators);
        MemoryPeer ada = User("ada");
        Assert.Equal(":s 461 ada OPER :Not enough parameters", Said(ada, "OPER root"));
        Assert.Equal(":s 464 ada :Password incorrect", Said(ada, "OPER root x"));
        Assert.Equal(":s 381 ada :You are now an IRC operator\n:ada!~ada@127.0.0.1 MODE ada :+o",
            Said(ada, "OPER root toor"));
        Assert.Contains(" 313 ada ada :is an IRC operator\n", Said(ada, "WHOIS ada"), StringComparison.Ordinal);
        Assert.Contains(" ada H* :0 ", Said(ada, "WHO ada o"), StringComparison.Ordinal);
        Assert.Contains(" 252 ada 1 ", Said(ada, "LUSERS"), StringComparison.Ordinal);
        Assert.Equal(":ada!~ada@127.0.0.1 MODE ada :-o", Said(ada, "MODE ada -o"));
        Assert.StartsWith(":s 481 ", Said(ada, "REHASH"), StringComparison.Ordinal);
        Assert.DoesNotContain(Log.Events, logged => logged.Message.Contains("toor", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_user_store_there_are_no_operators()
    {
        Start();
        Assert.Equal(":s 491 ada :No operators for your host", Said(User("ada"), "OPER root toor"));
    }

    [Theory]
    [InlineData("KILL bob :why")]
    [InlineData("WALLOPS :all")]
    [InlineData("REHASH")]
    [InlineData("DIE")]
    public void Others_may_not(string line)
    {
        Start(WithOperators);
        User("bob");
        Assert.Equal(":s 481 ada :Permission denied: you are not an IRC operator", Said(User("ada"), line));
    }

    [Fact]
    public void An_operator_ends_a_connection()
    {
        Start(WithOperators);
        MemoryPeer[] users = InChannel("#c", "bob", "eve");
        MemoryPeer ada = Operator();
        Assert.Equal(":s 401 ada nobody :No such nick or channel", Said(ada, "KILL nobody :why"));
        Assert.Equal(":s 461 ada KILL :Not enough parameters", Said(ada, "KILL bob"));
        Assert.Equal("", Said(ada, "KILL bob :why not"));
        Assert.Equal(":ada!~ada@127.0.0.1 KILL bob :why not\n"
            + "ERROR :Closing link: (~bob@127.0.0.1) [Killed (ada (why not))]", Got(users[0]));
        Assert.False(users[0].IsConnected);
        Assert.Equal(":bob!~bob@127.0.0.1 QUIT :Killed (ada (why not))", Got(users[1]));
    }

    [Fact]
    public void WALLOPS_reach_those_who_want_them()
    {
        Start(WithOperators);
        MemoryPeer bob = User("bob");
        MemoryPeer eve = User("eve");
        MemoryPeer ada = Operator();
        bob.Send("MODE bob +w\r\n");
        Got(bob);
        ada.Send("WALLOPS :hear me\r\n");
        Assert.Equal(":ada!~ada@127.0.0.1 WALLOPS :hear me", Got(bob));
        Assert.Equal("", Got(eve));
    }

    [Fact]
    public void REHASH_reads_the_message_of_the_day_anew()
    {
        string? text = "new";
        Start(WithOperators with { ReadMotd = () => [text ?? throw new IOException("gone")] });
        MemoryPeer ada = Operator();
        Assert.Equal(":s 382 ada motd :Rehashing", Said(ada, "REHASH"));
        Assert.Contains(" 372 ada :- new\n", Said(ada, "MOTD"), StringComparison.Ordinal);
        text = null;
        Assert.StartsWith(":s 424 ada :File error", Said(ada, "REHASH"), StringComparison.Ordinal);
        Assert.Contains(" 372 ada :- new\n", Said(ada, "MOTD"), StringComparison.Ordinal);
        Assert.Single(Log.FlushErrors<IOException>());
    }

    [Fact]
    public void DIE_ends_the_server_where_it_may()
    {
        int died = 0;
        Start(WithOperators with { Die = () => died++ });
        MemoryPeer[] users = InChannel("#c", "bob", "eve");
        MemoryPeer ada = Operator();
        ada.Send("DIE\r\n");
        Assert.Equal(1, died);
        Assert.Equal("ERROR :Closing link: (~bob@127.0.0.1) [Server going down]", Got(users[0]));
        Assert.All([ada, .. users], user => Assert.False(user.IsConnected));
    }

    [Fact]
    public void DIE_is_refused_where_the_program_has_not_said_what_it_does()
    {
        Start(WithOperators);
        Assert.StartsWith(":s 481 ada :", Said(Operator(), "DIE"), StringComparison.Ordinal);
    }

    private MemoryPeer Operator()
    {
        MemoryPeer ada = User("ada");
        ada.Send("OPER root toor\r\n");
        ada.Clear();
        return ada;
    }
}
