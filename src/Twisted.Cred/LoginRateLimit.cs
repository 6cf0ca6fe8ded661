using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Twisted.Cred;

/// <summary>
/// Slows down who guesses passwords: so many failed logins of one source and of one name, and no more.
/// </summary>
/// <remarks>
/// A source is an IPv4 address, or the first 64 bits of an IPv6 address. Only failed logins count, those that are under
/// way or were given up included. Loopback and peers without an address (UNIX sockets) are never limited unless
/// <see cref="IncludesLoopback"/>, nor those in <see cref="IsExempt"/>: behind a proxy all clients have its address.
/// A limit by name lets strangers delay its owner; make <see cref="ByName"/> generous. Twisted has no such class.
/// </remarks>
public sealed class LoginRateLimit
{
    private readonly IReactorTime _reactor;
    private readonly FailureTable _sources;
    private readonly FailureTable _names;

    /// <summary>A limit.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="mostEntries">
    /// How many sources, and how many names, it keeps in mind; about 40 bytes each. Beyond that it forgets the oldest.
    /// </param>
    public LoginRateLimit(IReactorTime reactor, int mostEntries = 1_000_000)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostEntries, 2);
        _reactor = reactor;
        _sources = new FailureTable(mostEntries);
        _names = new FailureTable(mostEntries);
    }

    /// <summary>Of one source: 10 in a row, then one in 6 seconds, unless set.</summary>
    public LoginRate BySource { get; init => field = value.Checked(); } = new(10, TimeSpan.FromSeconds(6));

    /// <summary>Of one name, in upper or lower case: 30 in a row, then one in 20 seconds, unless set.</summary>
    public LoginRate ByName { get; init => field = value.Checked(); } = new(30, TimeSpan.FromSeconds(20));

    /// <summary>A wrong password is told of only after this time: a second unless set.</summary>
    public TimeSpan FailureDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether peers on this machine are limited like others.</summary>
    public bool IncludesLoopback { get; init; }

    /// <summary>Who is not limited, besides loopback: trusted proxies.</summary>
    public Func<IPAddress, bool>? IsExempt { get; init; }

    /// <summary>How many sources it keeps in mind now.</summary>
    public int SourceCount => _sources.Count;

    /// <summary>How many names it keeps in mind now.</summary>
    public int NameCount => _names.Count;

    /// <summary>
    /// Lets a login through or not. <see cref="Portal.RateLimit"/> does this; use it around what is no portal.
    /// </summary>
    /// <typeparam name="T">What the login gives.</typeparam>
    /// <param name="username">The name that is claimed; null when there is none.</param>
    /// <param name="source">Where it comes from; null when that is not known: then only the name counts.</param>
    /// <param name="login">Does it; fails with <see cref="UnauthorizedLoginException"/> if the guess was wrong.</param>
    /// <returns>What the login gives, or a failure: <see cref="TooManyLoginsException"/>.</returns>
    public Deferred<T> Run<T>(string? username, EndPoint? source, Func<Deferred<T>> login)
    {
        ArgumentNullException.ThrowIfNull(login);
        if (source is not null && !IsLimited(source))
            return Deferred.Try(login);
        ulong? sourceKey = source is null ? null : _sources.KeyOf(Identity(source));
        ulong? nameKey = username is null
            ? null
            : _names.KeyOf(Encoding.UTF8.GetBytes(username.ToUpperInvariant()));
        TimeSpan now = _reactor.Now;
        TimeSpan bySource = sourceKey is { } known ? _sources.Wait(known, now, BySource) : TimeSpan.Zero;
        TimeSpan byName = nameKey is { } named ? _names.Wait(named, now, ByName) : TimeSpan.Zero;
        TimeSpan wait = bySource > byName ? bySource : byName;
        return wait > TimeSpan.Zero
            ? Deferred.Fail<T>(new TooManyLoginsException(wait))
            : Charged(sourceKey, nameKey, login);
    }

    /// <summary>It counts as failed until it has not: so many at the same time are too many too.</summary>
    private async Deferred<T> Charged<T>(ulong? source, ulong? name, Func<Deferred<T>> login)
    {
        if (source is { } from)
            _sources.Charge(from, _reactor.Now, BySource);
        if (name is { } who)
            _names.Charge(who, _reactor.Now, ByName);
        try
        {
            T result = await login();
            Refund(source, name);
            return result;
        }
        catch (UnauthorizedLoginException)
        {
            await _reactor.DeferLater(FailureDelay);
            throw;
        }
        catch (Exception failure) when (failure is not CancelledException) // given up: it might have failed
        {
            Refund(source, name);
            throw;
        }
    }

    private void Refund(ulong? source, ulong? name)
    {
        if (source is { } from)
            _sources.Refund(from, _reactor.Now, BySource);
        if (name is { } who)
            _names.Refund(who, _reactor.Now, ByName);
    }

    private bool IsLimited(EndPoint source) => source is IPEndPoint { Address: var address }
        ? (IncludesLoopback || !IPAddress.IsLoopback(Plain(address))) && IsExempt?.Invoke(Plain(address)) != true
        : IncludesLoopback;

    private static byte[] Identity(EndPoint source) => source switch
    {
        IPEndPoint { Address: var address } => Plain(address) is { AddressFamily: AddressFamily.InterNetworkV6 } six
            ? six.GetAddressBytes()[..8] // what one customer gets
            : Plain(address).GetAddressBytes(),
        _ => [],
    };

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
