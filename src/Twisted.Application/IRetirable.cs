namespace Twisted.Application;

/// <summary>
/// A service that another process has taken over from: it takes no more work, and ends when what it has has ended by
/// itself. One that is not is stopped at once.
/// </summary>
public interface IRetirable
{
    /// <summary>Takes no more work.</summary>
    /// <returns>Fires when the service has stopped.</returns>
    Deferred Retire();
}
