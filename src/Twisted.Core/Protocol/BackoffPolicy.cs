namespace Twisted.Internet;

/// <summary>How long to wait before the next attempt: each time longer, up to a limit, with some randomness.</summary>
public sealed record BackoffPolicy
{
    /// <summary>The wait before the first new attempt. Twisted: <c>initialDelay</c>.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait is longer than this, whatever the randomness. Twisted: <c>maxDelay</c>.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Each wait is this much longer than the one before. Twisted: <c>factor</c>, which is e.</summary>
    public double Factor { get; init; } = Math.E;

    /// <summary>The standard deviation of the wait, as a part of it; 0 for none. Twisted: <c>jitter</c>.</summary>
    public double Jitter { get; init; } = 0.119626565582;

    /// <summary>After so many attempts in a row it gives up; null is never. Twisted: <c>maxRetries</c>.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>The source of randomness; one of its own unless set. Set it to repeat a run.</summary>
    public Random? Random { get; init; }
}
