namespace Twisted.Words.Tests;

public class LoginTests : ClientTest
{
    [Fact]
    public void It_says_password_nickname_and_user()
    {
        Connect(new RecordingClient(Clock) { Password = "pw" }, signsOn: false);
        Assert.Equal("PASS pw\nNICK bot\nUSER bot 0 * bot", Sent());
    }

    [Fact]
    public void The_nickname_is_what_the_server_says()
    {
        Connect(new RecordingClient(Clock, "averylongname"), signsOn: false);
        Assert.Equal("signedOn averylong", Heard(":irc 001 averylong :Welcome"));
        Assert.True(Client.IsSignedOn);
        Assert.Equal("", Heard(":irc 001 other :Welcome"));
        Assert.Equal("averylong", Client.Nickname);
    }

    [Fact]
    public void A_nickname_that_is_taken_is_altered_until_one_is_free()
    {
        Connect(signsOn: false);
        Sent();
        string[] tried = new string[6];
        for (int i = 0; i < tried.Length; i++)
        {
            Heard($":irc 433 * {Client.Nickname} :in use");
            tried[i] = Sent();
        }
        Assert.Equal(
            ["NICK bot_", "NICK bot__", "NICK bot___", "NICK bot___3", "NICK bot___34", "NICK bot___345"], tried);
    }

    [Fact]
    public void A_server_that_refuses_every_nickname_is_left()
    {
        Connect(signsOn: false);
        for (int i = 0; i < 100 && !Server.IsDisconnecting; i++)
            Heard(":irc 433 * x :in use");
        Assert.True(Server.IsDisconnecting);
        Assert.Equal("433", Assert.IsType<IrcException>(Client.FailureReason).Code);
    }

    [Fact]
    public void A_malformed_nickname_is_replaced()
    {
        Connect(signsOn: false);
        Sent();
        Heard(":irc 432 * b%t :Erroneous");
        Assert.Equal("NICK defaultnick", Sent());
        Heard(":irc 432 * defaultnick :Erroneous");
        Assert.Equal("NICK defaultni", Sent()); // it may only have been too long
    }

    [Fact]
    public void After_the_login_a_refused_nickname_is_the_callers_matter()
    {
        Connect();
        Assert.Equal("unknown 433", Heard(":irc 433 bot other :in use"));
        Assert.Equal(("", "bot"), (Sent(), Client.Nickname));
    }

    [Fact]
    public void A_server_that_never_welcomes_is_left()
    {
        Connect(signsOn: false);
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(Server.IsDisconnecting);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Server.IsAborted);
        Assert.IsType<IrcException>(Client.FailureReason);
    }

    [Fact]
    public void A_silent_server_is_asked_and_then_left()
    {
        Connect();
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("PING irc.example.net", Sent());
        Heard(":irc.example.net PONG irc.example.net :irc.example.net");
        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.False(Server.IsDisconnecting);
        Clock.Advance(TimeSpan.FromSeconds(59 + 59));
        Assert.False(Server.IsDisconnecting);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Server.IsAborted);
    }

    [Fact]
    public void Nothing_waits_when_the_connection_is_gone()
    {
        Connect(new RecordingClient(Clock) { Rate = TimeSpan.FromSeconds(1) });
        Client.Msg("n", "one\ntwo\nthree");
        Client.Whois("n").AddErrback(e => new IrcWhois { Nickname = e.Message });
        Server.Disconnect();
        Assert.Empty(Clock.DelayedCalls);
        Assert.Equal(0, Client.WaitingLines);
    }

    [Fact]
    public void Capabilities_are_asked_for_and_the_login_goes_on()
    {
        Connect(new RecordingClient(Clock) { Wanted = ["server-time", "away-notify", "chghost"] }, signsOn: false);
        Assert.Equal("CAP LS 302\nNICK bot\nUSER bot 0 * bot", Sent());
        Heard(":irc CAP * LS * :server-time sts=port=6697");
        Assert.Equal("", Sent());
        Heard(":irc CAP * LS :chghost x=y");
        Assert.Equal("CAP REQ :server-time chghost", Sent());
        Heard(":irc CAP * ACK :server-time chghost never-offered");
        Assert.Equal("CAP END", Sent());
        Assert.Equal(["chghost", "server-time"], Client.Capabilities.Order());
        Heard(":irc 001 bot :hi");
        Heard(":irc CAP bot NEW :away-notify");
        Assert.Equal("CAP REQ away-notify", Sent());
        Heard(":irc CAP bot DEL :chghost");
        Assert.DoesNotContain("chghost", Client.Capabilities);
    }

    [Theory]
    [InlineData(":irc 421 * CAP :Unknown command", "")]
    [InlineData(":irc CAP * LS :", "CAP END")]
    [InlineData(":irc CAP * LS :other", "CAP END")]
    [InlineData(":irc CAP", "")]
    public void A_server_without_them_is_used_all_the_same(string answer, string sent)
    {
        Connect(new RecordingClient(Clock) { Wanted = ["server-time"] }, signsOn: false);
        Sent();
        Heard(answer);
        Assert.Equal(sent, Sent());
        Assert.False(Server.IsDisconnecting);
    }

    [Fact]
    public void SASL_PLAIN_proves_who_we_are()
    {
        Offered(IrcSasl.Plain("me", "secret", allowInsecure: true), "sasl=EXTERNAL,PLAIN");
        Assert.Equal("CAP REQ sasl", Sent());
        Heard(":irc CAP * ACK :sasl");
        Assert.Equal("AUTHENTICATE PLAIN", Sent());
        Heard("AUTHENTICATE +");
        Assert.Equal("AUTHENTICATE bWUAbWUAc2VjcmV0", Sent());
        Heard(":irc 903 * :done");
        Assert.Equal("CAP END", Sent());
    }

    [Fact]
    public void SASL_EXTERNAL_sends_an_empty_answer()
    {
        Offered(IrcSasl.External(), "sasl");
        Heard(":irc CAP * ACK :sasl");
        Sent();
        Heard("AUTHENTICATE +");
        Assert.Equal("AUTHENTICATE +", Sent());
    }

    [Fact]
    public void A_password_does_not_go_over_a_connection_that_is_not_TLS()
    {
        Offered(IrcSasl.Plain("me", "secret"), "sasl");
        Sent();
        Heard(":irc CAP * ACK :sasl");
        Assert.Equal("", Sent());
        Assert.True(Server.IsDisconnecting);
        Assert.Contains("not TLS", Client.FailureReason!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sasl=EXTERNAL", null)]
    [InlineData("server-time", null)]
    [InlineData("sasl", ":irc CAP * NAK :sasl")]
    [InlineData("sasl", ":irc 904 * :failed")]
    public void A_proof_that_fails_ends_the_login(string offered, string? answer)
    {
        Offered(IrcSasl.Plain("me", "secret", allowInsecure: true), offered);
        if (answer is not null)
            Heard(answer);
        Assert.True(Server.IsDisconnecting);
        Assert.DoesNotContain("secret", Client.FailureReason!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_proof_goes_in_pieces()
    {
        string[] pieces = [.. IrcSasl.External(new string('a', 300)).Pieces()];
        Assert.Equal([400, 1], pieces.Select(piece => piece.Length));
        Assert.Equal("+", pieces[1]);
        Assert.Equal([400, 4], IrcSasl.External(new string('a', 301)).Pieces().Select(piece => piece.Length));
    }

    private void Offered(IrcSasl proof, string capabilities)
    {
        Connect(new RecordingClient(Clock) { Proof = proof }, signsOn: false);
        Sent();
        Heard($":irc CAP * LS :{capabilities}");
    }
}
