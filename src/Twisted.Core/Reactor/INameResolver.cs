namespace Twisted.Internet;

/// <summary>Finds the addresses of host names. Reactor thread only. Twisted: <c>IHostnameResolver</c>.</summary>
public interface INameResolver
{
    /// <summary>Starts a lookup. The receiver is told here or later, and its last call always comes.</summary>
    /// <param name="host">A name in ASCII (IDNA has been applied), never an address.</param>
    /// <param name="receiver">Who is told.</param>
    /// <returns>The lookup that has begun.</returns>
    IHostResolution ResolveHostName(string host, IResolutionReceiver receiver);
}
