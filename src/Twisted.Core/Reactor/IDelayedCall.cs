namespace Twisted.Internet;

/// <summary>A call that waits for its time. Reactor thread only. Twisted: <c>IDelayedCall</c>.</summary>
public interface IDelayedCall
{
    /// <summary>When it will run, on the clock of <see cref="IReactorTime.Now"/>.</summary>
    TimeSpan Time { get; }

    /// <summary>Whether it still waits: neither run nor cancelled.</summary>
    bool IsActive { get; }

    /// <summary>Cancels it and lets go of its callback at once. Safe to repeat.</summary>
    /// <returns>Whether it was still waiting.</returns>
    bool Cancel();

    /// <summary>Moves it to <paramref name="delay"/> from now.</summary>
    /// <param name="delay">Not negative.</param>
    /// <exception cref="DelayedCallException">It has run or was cancelled.</exception>
    void Reset(TimeSpan delay);

    /// <summary>Moves it by <paramref name="extra"/> from the time it was set to.</summary>
    /// <param name="extra">May be negative.</param>
    /// <exception cref="DelayedCallException">It has run or was cancelled.</exception>
    void Delay(TimeSpan extra);
}
