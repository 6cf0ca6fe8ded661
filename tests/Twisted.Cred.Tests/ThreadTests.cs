namespace Twisted.Cred.Tests;

/// <summary>The same on a reactor with threads.</summary>
public class ThreadTests : CredTests
{
    [Fact]
    public void The_loop_goes_on_while_a_password_is_hashed()
    {
        WriteUsers(Quick("ada", "lovelace", iterations: 600_000));
        bool wentOn = false;
        AvatarId? avatarId = null;
        Exception? failure = null;
        Internet.Reactor.Run(reactor =>
        {
            var checker = new FileChecker(reactor, UsersPath);
            Deferred<AvatarId> login = checker.RequestAvatarId(new UsernamePassword("ada", "lovelace"));
            reactor.CallLater(TimeSpan.Zero, () => { wentOn = !login.IsFired; });
            return login.AddCallback(id => { avatarId = id; }).AddErrback(reason => { failure = reason; });
        }, new ReactorOptions { HandleSignals = false });
        Assert.Null(failure);
        Assert.Equal("ada", avatarId?.Name);
        Assert.True(wentOn);
    }
}
