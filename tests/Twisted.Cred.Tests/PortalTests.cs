namespace Twisted.Cred.Tests;

/// <summary>Credentials go in, an avatar comes out, or nothing.</summary>
public class PortalTests : CredTests
{
    private readonly InsecureMemoryChecker _users = new(("ada", "lovelace"));

    private interface IOther;

    [Fact]
    public void The_right_password_gives_the_avatar_of_that_name()
    {
        Login<IMailbox> login = new Portal(MailRealm(), _users)
            .Login<IMailbox>(new UsernamePassword("ada", "lovelace")).SuccessResult();
        Assert.Equal("ada", login.Avatar.Owner);
        Assert.Equal(typeof(IMailbox), login.Interface);
        Assert.Same(login.Avatar, login.UntypedAvatar);
    }

    [Fact]
    public void A_wrong_password_and_an_unknown_name_cannot_be_told_apart()
    {
        var portal = new Portal(MailRealm(), _users);
        string wrong = portal.Login<IMailbox>(new UsernamePassword("ada", "byron"))
            .FailureResult<UnauthorizedLoginException>().Message;
        string unknown = portal.Login<IMailbox>(new UsernamePassword("bob", "lovelace"))
            .FailureResult<UnauthorizedLoginException>().Message;
        Assert.Equal(wrong, unknown);
    }

    [Fact]
    public void It_lists_what_can_be_used()
    {
        var portal = new Portal(MailRealm(), _users, new AnonymousChecker(), new AnonymousChecker());
        Assert.Equal([typeof(UsernamePassword), typeof(IUsernameHashedPassword), typeof(Anonymous)],
            portal.CredentialTypes);
    }

    [Fact]
    public void Credentials_without_a_checker_are_a_mistake_of_the_server()
    {
        string message = new Portal(MailRealm(), new AnonymousChecker())
            .Login<IMailbox>(new UsernamePassword("ada", "lovelace"))
            .FailureResult<UnhandledCredentialsException>().Message;
        Assert.Contains("takes UsernamePassword; its checkers take Anonymous", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checker_of_an_interface_takes_all_of_its_kind()
    {
        CramMd5Credentials credentials = CramMd5Credentials.Of("<1@x>");
        credentials.SetResponse(CramMd5Credentials.Respond("<1@x>", "ada", "lovelace"));
        Assert.Equal("ada", new Portal(MailRealm(), _users)
            .Login<IMailbox>(credentials).SuccessResult().Avatar.Owner);
    }

    [Fact]
    public void A_checker_may_be_registered_for_less_than_it_can()
    {
        var portal = new Portal(MailRealm());
        portal.RegisterChecker(_users, typeof(IUsernameHashedPassword));
        portal.Login<IMailbox>(new UsernamePassword("ada", "lovelace"))
            .FailureResult<UnhandledCredentialsException>();
    }

    [Fact]
    public void Checkers_of_the_same_type_are_asked_in_turn()
    {
        var portal = new Portal(MailRealm(), _users, new InsecureMemoryChecker(("bob", "builder")));
        Assert.Equal("bob", portal.Login<IMailbox>(new UsernamePassword("bob", "builder"))
            .SuccessResult().Avatar.Owner);
        Assert.Equal("ada", portal.Login<IMailbox>(new UsernamePassword("ada", "lovelace"))
            .SuccessResult().Avatar.Owner);
        portal.Login<IMailbox>(new UsernamePassword("eve", "x")).FailureResult<UnauthorizedLoginException>();
    }

    [Fact]
    public void A_checker_that_breaks_ends_the_login()
    {
        var broken = new CallbackChecker<UsernamePassword>(_ => throw new IOException("the directory is away"));
        new Portal(MailRealm(), broken, _users).Login<IMailbox>(new UsernamePassword("ada", "lovelace"))
            .FailureResult<IOException>();
    }

    [Fact]
    public void A_checker_that_gives_nothing_lets_nobody_in()
    {
        var careless = new CallbackChecker<UsernamePassword>(_ => Deferred.Succeed<AvatarId>(null!));
        new Portal(MailRealm(), careless).Login<IMailbox>(new UsernamePassword("ada", "lovelace"))
            .FailureResult<InvalidOperationException>();
    }

    [Fact]
    public void Anonymous_is_no_empty_name()
    {
        var portal = new Portal(MailRealm(), new AnonymousChecker());
        Assert.Equal("nobody", portal.Login<IMailbox>(new Anonymous()).SuccessResult().Avatar.Owner);
        Assert.True(AvatarId.Anonymous.IsAnonymous);
        Assert.Throws<ArgumentException>(() => new AvatarId(""));
        Assert.NotEqual(AvatarId.Anonymous, new AvatarId("(anonymous)"));
        Assert.Equal(new AvatarId("ada"), new AvatarId("ada"));
    }

    [Fact]
    public void The_program_may_vouch_for_somebody_where_the_portal_allows_it()
    {
        var credentials = new Preauthenticated(new AvatarId("ada"));
        Assert.Equal("ada", new Portal(MailRealm(), new PreauthenticatedChecker())
            .Login<IMailbox>(credentials).SuccessResult().Avatar.Owner);
        new Portal(MailRealm(), _users).Login<IMailbox>(credentials).FailureResult<UnhandledCredentialsException>();
    }

    [Fact]
    public void The_realm_is_given_the_mind_and_the_wanted_types_in_their_order()
    {
        var mind = new object();
        object? seen = null;
        Realm realm = new Realm().Add<IMailbox>((id, given) =>
        {
            seen = given;
            return Deferred.Succeed(new Login<IMailbox>(new Mailbox(id.Name!)));
        });
        Login login = new Portal(realm, _users)
            .Login(new UsernamePassword("ada", "lovelace"), mind, null, typeof(IOther), typeof(IMailbox))
            .SuccessResult();
        Assert.Same(mind, seen);
        Assert.Equal(typeof(IMailbox), login.Interface);
    }

    [Fact]
    public void A_realm_without_the_wanted_avatar_says_which_it_has()
    {
        string message = new Portal(MailRealm(), _users)
            .Login<IOther>(new UsernamePassword("ada", "lovelace")).FailureResult<NotSupportedException>().Message;
        Assert.Equal("This realm has no avatar of IOther; it has IMailbox.", message);
    }

    [Fact]
    public void An_avatar_that_nobody_asked_for_is_logged_out_again()
    {
        bool isOut = false;
        var portal = new Portal(new Stubborn(() => isOut = true), _users);
        portal.Login<IOther>(new UsernamePassword("ada", "lovelace")).FailureResult<InvalidOperationException>();
        Assert.True(isOut);
    }

    [Fact]
    public void The_realm_hears_of_one_logout_and_all_wait_for_it()
    {
        int count = 0;
        var ended = new Deferred();
        var login = new Login<IMailbox>(new Mailbox("ada"), () =>
        {
            count++;
            return ended;
        });
        Deferred first = login.Logout();
        Deferred second = login.Logout();
        Assert.True(login.IsLoggedOut);
        first.AssertNoResult();
        second.AssertNoResult();
        ended.Callback();
        first.SuccessResult();
        second.SuccessResult();
        login.Logout().SuccessResult();
        Assert.Equal(1, count);
    }

    [Fact]
    public void A_logout_that_fails_tells_the_first_who_called()
    {
        var login = new Login<IMailbox>(new Mailbox("ada"), (Action)(() => throw new IOException("the disk")));
        Assert.Equal("the disk", login.Logout().FailureResult<IOException>().Message);
        login.Logout().SuccessResult();
    }

    private sealed class Stubborn(Action logout) : IRealm
    {
        public Deferred<Login> RequestAvatar(AvatarId avatarId, object? mind, IReadOnlyList<Type> interfaces) =>
            Deferred.Succeed(Login.As<IMailbox>(new Mailbox("ada"), logout));
    }
}
