using System.Text;
using Twisted.Cred;
using Twisted.Logging;
using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

public class RegistrationTests : ServerTest
{
    [Fact]
    public void A_client_is_welcomed_with_what_the_server_supports()
    {
        Start();
        MemoryPeer ada = Stranger();
        ada.Send("NICK ada\r\nUSER ada 0 * :Ada\r\n");
        string text = Got(ada);
        string[] lines = text.Split('\n');
        Assert.Equal(":s 001 ada :Welcome to the Twisted network, ada!~ada@127.0.0.1", lines[0]);
        Assert.Equal(
            ["001", "002", "003", "004", "005", "005", "251", "255", "265", "266", "375", "372", "376"],
            lines.Select(line => line.Split(' ')[1]));
        foreach (string token in new[]
        {
            "CASEMAPPING=rfc1459", "PREFIX=(ov)@+", "CHANMODES=be,k,l,imnst", "NICKLEN=30", "CHANNELLEN=50",
            "TOPICLEN=307", "KICKLEN=307", "AWAYLEN=200", "MODES=6", "MAXLIST=be:60", "CHANLIMIT=#&:50",
            "NETWORK=Twisted", "TARGMAX=PRIVMSG:4,NOTICE:4",
        })
            Assert.Contains($" {token}", text, StringComparison.Ordinal);
        Assert.Equal(1, Factory.UserCount);
        Assert.Equal(["ada"], Factory.Nicknames);
    }

    [Theory]
    [InlineData("JOIN #c", ":s 451 * :You have not registered")]
    [InlineData("XYZ", ":s 451 * :You have not registered")]
    [InlineData("NICK", ":s 431 * :No nickname given")]
    [InlineData("NICK :", ":s 431 * :No nickname given")]
    [InlineData("NICK 1ada", ":s 432 * 1ada :Erroneous nickname")]
    [InlineData("NICK -ada", ":s 432 * -ada :Erroneous nickname")]
    [InlineData("NICK a,b", ":s 432 * a,b :Erroneous nickname")]
    [InlineData("NICK #ada", ":s 432 * #ada :Erroneous nickname")]
    [InlineData("NICK a\u0001b", ":s 432 * * :Erroneous nickname")]
    [InlineData("NICK :a b", ":s 432 * * :Erroneous nickname")]
    [InlineData("NICK aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ":s 432 * aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa :Erroneous nickname")]
    [InlineData("NICK BOB", ":s 433 * BOB :Nickname is already in use")]
    [InlineData("USER a 0 *", ":s 461 * USER :Not enough parameters")]
    [InlineData("USER a 0 * :", ":s 461 * USER :Not enough parameters")]
    [InlineData("PASS", ":s 461 * PASS :Not enough parameters")]
    [InlineData("PING", ":s 409 * :No origin specified")]
    [InlineData("PING :a b", ":s PONG irc.test :a b")]
    [InlineData("PONG x", "")]
    [InlineData("CAP FOO", ":s 410 * FOO :Invalid CAP command")]
    [InlineData("CAP", ":s 461 * CAP :Not enough parameters")]
    [InlineData("AUTHENTICATE PLAIN", ":s 904 * :SASL authentication failed")]
    [InlineData(":prefix", "")]
    [InlineData("", "")]
    public void A_stranger_is_answered(string line, string answer)
    {
        Start();
        User("bob");
        Assert.Equal(answer, Said(Stranger(), line));
    }

    [Fact]
    public void A_nickname_that_is_no_UTF_8_is_refused()
    {
        Start();
        MemoryPeer peer = Stranger();
        peer.Send([.. "NICK a"u8, 0xFF, .. "b\r\n"u8]);
        Assert.Equal([.. ":irc.test 432 * a"u8, 0xFF, .. "b :Erroneous nickname\r\n"u8], peer.ReceivedBytes);
    }

    [Fact]
    public void Who_is_registered_cannot_do_it_again()
    {
        Start();
        MemoryPeer ada = User("ada");
        Assert.Equal(":s 462 ada :You may not reregister", Said(ada, "USER a 0 * :A"));
        Assert.Equal(":s 462 ada :You may not reregister", Said(ada, "PASS a"));
        Assert.Equal(":s 421 ada XYZ :Unknown command", Said(ada, "XYZ"));
        Assert.Equal(":s 421 ada 001 :Unknown command", Said(ada, "001 ada"));
    }

    [Fact]
    public void A_new_nickname_is_told_once_to_everybody_who_shares_a_channel()
    {
        Start();
        MemoryPeer[] users = InChannel("#a", "ada", "bob");
        users[0].Send("JOIN #b\r\n");
        users[1].Send("JOIN #b\r\n");
        Got(users[1]);
        Assert.Equal(":ada!~ada@127.0.0.1 NICK :Ada[", Said(users[0], "NICK Ada["));
        Assert.Equal(":ada!~ada@127.0.0.1 NICK :Ada[", Got(users[1]));
        Assert.Equal(":s 433 bob aDA{ :Nickname is already in use", Said(users[1], "NICK aDA{"));
        Assert.Equal("", Said(users[0], "NICK Ada["));
        Assert.Equal(":Ada[!~ada@127.0.0.1 NICK :ada{", Said(users[0], "NICK ada{"));
    }

    [Fact]
    public void Who_does_not_register_in_a_minute_is_closed()
    {
        Start();
        MemoryPeer slow = Stranger();
        slow.Send("NICK slow\r\n");
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True(slow.IsConnected);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("ERROR :Closing link: (@127.0.0.1) [Registration timed out]", Got(slow));
        Assert.False(slow.IsConnected);
        User("slow");
    }

    [Fact]
    public void Capabilities_are_negotiated_before_the_welcome()
    {
        Start();
        MemoryPeer ada = Stranger();
        Assert.Equal(":s CAP * LS :account-notify account-tag away-notify cap-notify echo-message extended-join "
            + "invite-notify message-tags multi-prefix server-time userhost-in-names", Said(ada, "CAP LS 302"));
        ada.Send("NICK ada\r\nUSER ada 0 * :Ada\r\n");
        Assert.Equal("", Got(ada));
        Assert.Equal(":s CAP ada NAK :multi-prefix foo", Said(ada, "CAP REQ :multi-prefix foo"));
        Assert.Equal(":s CAP ada ACK :multi-prefix server-time", Said(ada, "CAP REQ :multi-prefix server-time"));
        Assert.Equal(":s CAP ada ACK :-server-time", Said(ada, "CAP REQ -server-time"));
        Assert.Equal(":s CAP ada LIST :cap-notify multi-prefix", Said(ada, "CAP LIST"));
        Assert.StartsWith(":s 001 ada ", Said(ada, "CAP END"), StringComparison.Ordinal);
        Assert.Equal("", Said(ada, "CAP END"));
    }

    [Theory]
    [InlineData("PASS ada:lovelace")]
    [InlineData("PASS lovelace")]
    public void A_password_logs_in(string pass)
    {
        Start(Free with { Portal = Users(), RequiresLogin = true });
        MemoryPeer ada = Stranger();
        ada.Send($"{pass}\r\nNICK nick\r\nUSER ada 0 * :Ada\r\nWHOIS nick\r\n");
        Assert.Contains(":s 330 nick nick ada :is logged in as\n", Got(ada), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PASS ada:byron\r\n")]
    [InlineData("PASS grace:lovelace\r\n")]
    [InlineData("")]
    public void Without_a_login_nobody_comes_in_where_one_is_needed(string pass)
    {
        Start(Free with { Portal = Users(), RequiresLogin = true });
        MemoryPeer ada = Stranger();
        ada.Send($"{pass}NICK ada\r\nUSER ada 0 * :Ada\r\nJOIN #c\r\n");
        Assert.Equal(":s 464 ada :Password incorrect\nERROR :Closing link: (~ada@127.0.0.1) [Bad password]", Got(ada));
        Assert.False(ada.IsConnected);
        Assert.DoesNotContain(Log.Events, logged => logged.Message.Contains("byron", StringComparison.Ordinal)
            || logged.Message.Contains("lovelace", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_password_is_refused_where_none_is_needed_too()
    {
        Start(Free with { Portal = Users() });
        User("bob");
        MemoryPeer ada = Stranger();
        ada.Send("PASS ada:byron\r\nNICK ada\r\nUSER ada 0 * :Ada\r\n");
        Assert.StartsWith(":s 464 ", Got(ada), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_checker_for_it_anonymous_users_come_in()
    {
        Start(Free with { Portal = Users(new AnonymousChecker()), RequiresLogin = true });
        MemoryPeer bob = User("bob");
        Assert.DoesNotContain(" 330 ", Said(bob, "WHOIS bob"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_wait_while_a_login_is_decided()
    {
        var answer = new Deferred<AvatarId>();
        Start(Free with { Portal = new Portal(new IrcRealm(), new CallbackChecker<UsernamePassword>(_ => answer)) });
        MemoryPeer ada = Stranger();
        ada.Send("PASS ada:x\r\nNICK ada\r\nUSER ada 0 * :Ada\r\nJOIN #c\r\n");
        Assert.Equal("", Got(ada));
        answer.Callback(new AvatarId("ada"));
        Clock.Advance(TimeSpan.Zero);
        Assert.EndsWith(":s 353 ada = #c :@ada\n:s 366 ada #c :End of /NAMES list", Got(ada), StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_that_is_never_decided_ends_with_the_connection()
    {
        var answer = new Deferred<AvatarId>();
        Start(Free with { Portal = new Portal(new IrcRealm(), new CallbackChecker<UsernamePassword>(_ => answer)) });
        MemoryPeer ada = Stranger();
        ada.Send("PASS ada:x\r\nNICK ada\r\nUSER ada 0 * :Ada\r\n");
        Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(ada.IsConnected);
    }

    [Fact]
    public void The_realm_hears_when_a_user_goes()
    {
        int logouts = 0;
        Realm realm = new Realm().Add<IrcAccount>((id, _) =>
            Deferred.Succeed(new Login<IrcAccount>(new IrcAccount(id.Name), () => { logouts++; })));
        Start(Free with { Portal = new Portal(realm, new InsecureMemoryChecker(("ada", "x"))) });
        MemoryPeer ada = Stranger();
        ada.Send("PASS ada:x\r\nNICK ada\r\nUSER ada 0 * :Ada\r\n");
        Assert.Equal(0, logouts);
        ada.Close();
        Clock.Advance(TimeSpan.Zero);
        Assert.Equal(1, logouts);
    }

    [Fact]
    public void Guesses_are_limited()
    {
        Start(Free with
        {
            Portal = new Portal(new IrcRealm(), new InsecureMemoryChecker(("ada", "x")))
            {
                RateLimit = new LoginRateLimit(Reactor) { IncludesLoopback = true },
            },
        });
        for (int i = 0; i < 15; i++)
        {
            MemoryPeer guess = Stranger();
            guess.Send("PASS ada:y\r\nNICK ada\r\nUSER ada 0 * :Ada\r\n");
            Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.False(guess.IsConnected);
        }
        Assert.Contains(Log.Events, logged => logged.Message.Contains("Too many logins", StringComparison.Ordinal));
    }

    [Fact]
    public void SASL_PLAIN_logs_in_before_the_welcome()
    {
        Start(Free with { Portal = Users(), RequiresLogin = true });
        MemoryPeer ada = Stranger();
        Assert.Contains(" sasl=PLAIN ", Said(ada, "CAP LS 302"), StringComparison.Ordinal);
        ada.Send("NICK nick\r\nUSER ada 0 * :Ada\r\n");
        Assert.Equal(":s CAP nick ACK :sasl", Said(ada, "CAP REQ sasl"));
        Assert.Equal("AUTHENTICATE +", Said(ada, "AUTHENTICATE PLAIN"));
        Assert.Equal(":s 904 nick :SASL authentication failed", Said(ada, $"AUTHENTICATE {Plain("ada", "byron")}"));
        Assert.Equal("AUTHENTICATE +", Said(ada, "AUTHENTICATE plain"));
        Assert.Equal(":s 900 nick nick!*@127.0.0.1 ada :You are now logged in as ada\n"
            + ":s 903 nick :SASL authentication successful", Said(ada, $"AUTHENTICATE {Plain("ada", "lovelace")}"));
        Assert.Equal(":s 907 nick :You have already authenticated using SASL", Said(ada, "AUTHENTICATE PLAIN"));
        Assert.StartsWith(":s 001 nick ", Said(ada, "CAP END"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTHENTICATE FOO",
        ":s 908 * PLAIN :are available SASL mechanisms\n:s 904 * :SASL authentication failed")]
    [InlineData("AUTHENTICATE EXTERNAL",
        ":s 908 * PLAIN :are available SASL mechanisms\n:s 904 * :SASL authentication failed")]
    [InlineData("AUTHENTICATE", ":s 461 * AUTHENTICATE :Not enough parameters")]
    [InlineData("AUTHENTICATE PLAIN\r\nAUTHENTICATE *", "AUTHENTICATE +\n:s 906 * :SASL authentication aborted")]
    [InlineData("AUTHENTICATE PLAIN\r\nAUTHENTICATE +", "AUTHENTICATE +\n:s 904 * :SASL authentication failed")]
    [InlineData("AUTHENTICATE PLAIN\r\nAUTHENTICATE ???", "AUTHENTICATE +\n:s 904 * :SASL authentication failed")]
    [InlineData("AUTHENTICATE PLAIN\r\nAUTHENTICATE AAAA", "AUTHENTICATE +\n:s 904 * :SASL authentication failed")]
    public void SASL_that_makes_no_sense_fails(string lines, string answer)
    {
        Start(Free with { Portal = Users() });
        MemoryPeer peer = Stranger();
        peer.Send("CAP REQ sasl\r\n");
        Assert.Equal(answer, Said(peer, lines));
    }

    [Fact]
    public void A_response_of_SASL_may_come_in_pieces_and_not_in_too_many()
    {
        string password = new('x', 500);
        Start(Free with { Portal = new Portal(new IrcRealm(), new InsecureMemoryChecker(("ada", password))) });
        MemoryPeer ada = Stranger();
        ada.Send("CAP REQ sasl\r\nAUTHENTICATE PLAIN\r\n");
        string response = Plain("ada", password);
        Got(ada);
        Assert.Equal("", Said(ada, $"AUTHENTICATE {response[..400]}"));
        Assert.Contains(" 903 ", Said(ada, $"AUTHENTICATE {response[400..]}"), StringComparison.Ordinal);
        MemoryPeer bad = Stranger();
        bad.Send("CAP REQ sasl\r\nAUTHENTICATE PLAIN\r\n");
        for (int i = 0; i < 10; i++)
            Assert.DoesNotContain(" 905 ", Said(bad, $"AUTHENTICATE {new string('A', 400)}"), StringComparison.Ordinal);
        Assert.Equal(":s 905 * :SASL message too long", Said(bad, $"AUTHENTICATE {new string('A', 400)}"));
    }

    [Fact]
    public void Five_failed_logins_are_the_last()
    {
        Start(Free with { Portal = Users() });
        MemoryPeer peer = Stranger();
        peer.Send("CAP REQ sasl\r\n");
        for (int i = 0; i < 5; i++)
            peer.Send($"AUTHENTICATE PLAIN\r\nAUTHENTICATE {Plain("ada", "x")}\r\n");
        Assert.EndsWith("[Too many failed logins]", Got(peer), StringComparison.Ordinal);
        Assert.False(peer.IsConnected);
    }

    [Fact]
    public void Who_logs_in_later_is_told_of_to_those_who_want_to_know()
    {
        Start(Free with { Portal = Users() });
        MemoryPeer ada = User("ada", "sasl");
        MemoryPeer bob = User("bob", "account-notify account-tag");
        MemoryPeer eve = User("eve");
        foreach (MemoryPeer user in new[] { ada, bob, eve })
            user.Send("JOIN #c\r\n");
        Got(bob);
        Got(eve);
        ada.Send($"AUTHENTICATE PLAIN\r\nAUTHENTICATE {Plain("ada", "lovelace")}\r\nPRIVMSG #c :hi\r\n");
        Assert.Equal("@account=ada :ada!~ada@127.0.0.1 ACCOUNT ada\n@account=ada :ada!~ada@127.0.0.1 PRIVMSG #c :hi",
            Got(bob));
        Assert.Equal(":ada!~ada@127.0.0.1 PRIVMSG #c :hi", Got(eve));
    }

    [Fact]
    public void A_name_of_an_account_that_is_not_one_word_is_refused()
    {
        Start(Free with
        {
            Portal = new Portal(new IrcRealm(), new CallbackChecker<UsernamePassword>(
                _ => Deferred.Succeed(new AvatarId("a b")))),
        });
        MemoryPeer ada = Stranger();
        ada.Send("PASS x\r\nNICK ada\r\nUSER ada 0 * :Ada\r\n");
        Assert.StartsWith(":s 464 ", Got(ada), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_store_that_breaks_costs_a_login_and_is_logged()
    {
        Start(Free with
        {
            Portal = new Portal(new IrcRealm(), new CallbackChecker<UsernamePassword>(
                _ => Deferred.Fail<AvatarId>(new InvalidOperationException("no database")))),
        });
        MemoryPeer ada = Stranger();
        ada.Send("PASS x\r\nNICK ada\r\nUSER ada 0 * :Ada\r\n");
        Assert.StartsWith(":s 464 ", Got(ada), StringComparison.Ordinal);
        Assert.Single(Log.FlushErrors<InvalidOperationException>());
    }

    private static string Plain(string name, string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{name}\0{password}"));
}
