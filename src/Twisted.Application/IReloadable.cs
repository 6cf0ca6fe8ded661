namespace Twisted.Application;

/// <summary>A service that can read anew what it was configured by: <c>twistd</c> asks at SIGHUP.</summary>
public interface IReloadable
{
    /// <summary>Reads it anew.</summary>
    /// <returns>Fires when that is in force; fails when it cannot be: then all stays as it was.</returns>
    Deferred Reload();
}
