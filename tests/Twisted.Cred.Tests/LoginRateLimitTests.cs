using System.Net;

namespace Twisted.Cred.Tests;

/// <summary>Who guesses is slowed down; who does not, is not.</summary>
public class LoginRateLimitTests : CredTests
{
    private static readonly EndPoint Stranger = At("192.0.2.1");
    private static readonly UsernamePassword Right = new("ada", "lovelace");
    private static readonly UsernamePassword Wrong = new("ada", "byron");

    private LoginRateLimit Limit(int bySource = 3, int byName = 100, bool loopback = false) => new(Clock)
    {
        BySource = new(bySource, TimeSpan.FromSeconds(10)),
        ByName = new(byName, TimeSpan.FromSeconds(10)),
        FailureDelay = TimeSpan.Zero,
        IncludesLoopback = loopback,
    };

    private Portal PortalWith(LoginRateLimit limit) =>
        new(MailRealm(), new InsecureMemoryChecker(("ada", "lovelace"))) { RateLimit = limit };

    private Deferred Try(Portal portal, ICredentials credentials, EndPoint? source)
    {
        Deferred login = portal.Login<IMailbox>(credentials, null, source).AddCallback(_ => { });
        Work();
        return login;
    }

    [Fact]
    public void After_some_failures_a_source_has_to_wait_even_with_the_right_password()
    {
        Portal portal = PortalWith(Limit());
        for (int i = 0; i < 3; i++)
            Try(portal, Wrong, Stranger).FailureResult<UnauthorizedLoginException>();
        TooManyLoginsException refusal = Try(portal, Right, Stranger).FailureResult<TooManyLoginsException>();
        Assert.Equal(TimeSpan.FromSeconds(10), refusal.RetryAfter);
        Assert.Equal("Too many logins. Try again in 10 s.", refusal.Message);
        Try(portal, Right, At("192.0.2.2")).SuccessResult();

        Clock.Advance(TimeSpan.FromSeconds(9.9));
        Try(portal, Right, Stranger).FailureResult<TooManyLoginsException>();
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        Try(portal, Wrong, Stranger).FailureResult<UnauthorizedLoginException>();
        Try(portal, Right, Stranger).FailureResult<TooManyLoginsException>();
        Clock.Advance(TimeSpan.FromSeconds(30));
        for (int i = 0; i < 3; i++)
            Try(portal, Wrong, Stranger).FailureResult<UnauthorizedLoginException>();
    }

    [Fact]
    public void Logins_that_succeed_do_not_count_and_forgive_nothing()
    {
        Portal portal = PortalWith(Limit());
        for (int i = 0; i < 50; i++)
            Try(portal, Right, Stranger).SuccessResult();
        Assert.Equal(0, portal.RateLimit!.SourceCount);
        for (int i = 0; i < 3; i++)
        {
            Try(portal, Wrong, Stranger).FailureResult<UnauthorizedLoginException>();
            if (i < 2)
                Try(portal, Right, Stranger).SuccessResult(); // an account of his own does not help who guesses
        }
        Try(portal, Right, Stranger).FailureResult<TooManyLoginsException>();
    }

    [Fact]
    public void What_is_under_way_counts()
    {
        var answers = new List<Deferred<AvatarId>>();
        var slow = new CallbackChecker<UsernamePassword>(_ =>
        {
            answers.Add(new Deferred<AvatarId>());
            return answers[^1];
        });
        var portal = new Portal(MailRealm(), slow) { RateLimit = Limit() };
        Deferred[] logins = [.. Enumerable.Range(0, 4).Select(_ => Try(portal, Right, Stranger))];
        logins[3].FailureResult<TooManyLoginsException>();
        answers[0].Callback(new AvatarId("ada"));
        logins[0].SuccessResult();
        logins[1].Cancel(); // does not wait for the answer: it counts
        logins[1].FailureResult<CancelledException>();
        answers[2].Errback(new IOException("the directory is away")); // no guess
        logins[2].FailureResult<IOException>();
        Deferred[] more = [.. Enumerable.Range(0, 3).Select(_ => Try(portal, Right, Stranger))];
        more[2].FailureResult<TooManyLoginsException>();
    }

    [Fact]
    public void A_name_is_limited_whoever_asks_and_however_it_is_written()
    {
        Portal portal = PortalWith(Limit(bySource: 100, byName: 2));
        Try(portal, new UsernamePassword("ada", "x"), At("192.0.2.1")).FailureResult<UnauthorizedLoginException>();
        Try(portal, new UsernamePassword("ADA", "x"), At("192.0.2.2")).FailureResult<UnauthorizedLoginException>();
        Try(portal, Right, At("192.0.2.3")).FailureResult<TooManyLoginsException>();
        Try(portal, Right, null).FailureResult<TooManyLoginsException>();
        Try(portal, new UsernamePassword("bob", "x"), null).FailureResult<UnauthorizedLoginException>();
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void A_source_is_an_address_or_a_64(string one, string other, bool same)
    {
        Portal portal = PortalWith(Limit(bySource: 1));
        Try(portal, Wrong, At(one)).FailureResult<UnauthorizedLoginException>();
        Deferred login = Try(portal, Right, At(other));
        if (same)
            login.FailureResult<TooManyLoginsException>();
        else
            login.SuccessResult();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void Loopback_is_never_locked_out_unless_asked_for(string address)
    {
        Portal portal = PortalWith(Limit(bySource: 1, byName: 1));
        for (int i = 0; i < 5; i++)
            Try(portal, Wrong, At(address)).FailureResult<UnauthorizedLoginException>();
        Try(portal, Right, At(address)).SuccessResult();
        Assert.Equal(0, portal.RateLimit!.NameCount);

        Portal strict = PortalWith(Limit(bySource: 1, loopback: true));
        Try(strict, Wrong, At(address)).FailureResult<UnauthorizedLoginException>();
        Try(strict, Right, At(address)).FailureResult<TooManyLoginsException>();
    }

    [Fact]
    public void Sockets_of_this_machine_and_trusted_proxies_are_not_limited()
    {
        var limit = new LoginRateLimit(Clock)
        {
            BySource = new(1, TimeSpan.FromSeconds(10)),
            FailureDelay = TimeSpan.Zero,
            IsExempt = address => address.ToString() == "192.0.2.9",
        };
        Portal portal = PortalWith(limit);
        foreach (EndPoint source in (EndPoint[])[At("::ffff:192.0.2.9"), new UnixLike()])
        {
            for (int i = 0; i < 5; i++)
                Try(portal, Wrong, source).FailureResult<UnauthorizedLoginException>();
        }
    }

    [Fact]
    public void A_wrong_password_is_told_of_later_and_hanging_up_leaves_no_timer()
    {
        var limit = new LoginRateLimit(Clock) { FailureDelay = TimeSpan.FromSeconds(2) };
        Portal portal = PortalWith(limit);
        Deferred login = Try(portal, Wrong, Stranger);
        Clock.Advance(TimeSpan.FromSeconds(1.9));
        login.AssertNoResult();
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        login.FailureResult<UnauthorizedLoginException>();

        Deferred other = Try(portal, Wrong, Stranger);
        other.Cancel();
        other.FailureResult<CancelledException>();
        Janitor.AssertClean(Clock);
        Try(portal, Right, Stranger).SuccessResult();
    }

    [Fact]
    public void What_has_not_failed_for_longest_is_forgotten_first()
    {
        var table = new FailureTable(8);
        LoginRate rate = new(1, TimeSpan.FromHours(1));
        for (ulong key = 0; key < 1000; key++)
        {
            table.Charge(key, TimeSpan.Zero, rate);
            Assert.InRange(table.Count, 1, 8);
        }
        Assert.NotEqual(TimeSpan.Zero, table.Wait(999, TimeSpan.Zero, rate));
        Assert.NotEqual(TimeSpan.Zero, table.Wait(996, TimeSpan.Zero, rate));
        Assert.Equal(TimeSpan.Zero, table.Wait(0, TimeSpan.Zero, rate));
    }

    [Fact]
    public void Old_failures_leave_by_themselves_and_young_ones_stay()
    {
        var table = new FailureTable(1000);
        LoginRate rate = new(2, TimeSpan.FromSeconds(10));
        for (int second = 0; second < 1000; second++)
        {
            var now = TimeSpan.FromSeconds(second);
            table.Charge((ulong)second, now, rate);
            table.Charge((ulong)second, now, rate);
            Assert.Equal(TimeSpan.FromSeconds(10), table.Wait((ulong)second, now, rate));
            if (second > 5)
                Assert.Equal(TimeSpan.FromSeconds(5), table.Wait((ulong)second - 5, now, rate));
        }
        Assert.InRange(table.Count, 20, 60);
    }

    [Fact]
    public void A_million_sources_take_at_most_64_megabytes()
    {
        const long Limit = 64L * 1024 * 1024;
        var table = new FailureTable(1_000_000);
        LoginRate rate = new(10, TimeSpan.FromHours(1));
        Span<byte> source = stackalloc byte[8];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 1_500_000; i++)
        {
            BitConverter.TryWriteBytes(source, (long)i);
            table.Charge(table.KeyOf(source), TimeSpan.Zero, rate);
        }
        long used = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(table.Count, 900_000, 1_000_000);
        Assert.InRange(used, 1, Limit);
        GC.KeepAlive(table);
    }

    [Fact]
    public void A_rate_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoginRateLimit(Clock) { BySource = default });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoginRateLimit(Clock) { ByName = new(1, default) });
    }

    private static IPEndPoint At(string address) => new(IPAddress.Parse(address), 1234);

    private sealed class UnixLike : EndPoint;
}
