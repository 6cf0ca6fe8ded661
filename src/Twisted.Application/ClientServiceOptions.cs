namespace Twisted.Application;

/// <summary>How a <see cref="ClientService"/> connects, and connects again.</summary>
/// <remarks>
/// The wait before attempt n is by chance between nothing and <see cref="InitialDelay"/> times <see cref="Factor"/> to
/// the power of n, at most <see cref="MaxDelay"/> ("full jitter"): clients that lost the same server do not come back
/// together. Twisted: <c>backoffPolicy</c>, which adds up to a second to the whole wait instead.
/// </remarks>
public sealed record ClientServiceOptions
{
    /// <summary>The longest wait before the second attempt is this times <see cref="Factor"/>.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait is longer.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much longer the next wait may be than the one before.</summary>
    public double Factor { get; init; } = 1.5;

    /// <summary>How long the connection may take to end after the service was told to stop.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Is given each new connection's protocol before anybody else: to log in, say. When it fails, the connection is
    /// closed and the next attempt comes. Twisted: <c>prepareConnection</c>.
    /// </summary>
    public Func<IProtocol, Deferred>? PrepareConnection { get; init; }

    /// <summary>
    /// Shared by services that must not all connect at once: so many attempts at a time. Unless it is set, the services
    /// of one reactor share one of <see cref="UsualConnecting"/>.
    /// </summary>
    public DeferredSemaphore? Connecting { get; init; }

    /// <summary>The source of chance; one of its own unless set. Set it to repeat a run.</summary>
    public Random? Random { get; init; }

    /// <summary>Attempts at a time of one reactor's services, unless <see cref="Connecting"/> says otherwise.</summary>
    public const int UsualConnecting = 100;
}
