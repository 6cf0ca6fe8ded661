using System.Net;

namespace Twisted.Internet;

/// <summary>Name resolution. Reactor thread only. Twisted: <c>IReactorPluggableResolver</c>'s <c>resolve</c>.</summary>
public interface IReactorNames
{
    /// <summary>A host's addresses, in the resolver's order; fails with <see cref="DnsLookupException"/>.</summary>
    /// <param name="host">
    /// A name, also with letters outside ASCII, or an address, which is its own result.
    /// </param>
    /// <returns>
    /// At least one and at most 1,000 addresses; it fails after 30 seconds without an answer. Cancel it to end the
    /// lookup.
    /// </returns>
    Deferred<IReadOnlyList<IPAddress>> Resolve(string host);
}
