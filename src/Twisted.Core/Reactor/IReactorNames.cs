using System.Net;

namespace Twisted.Internet;

/// <summary>Name resolution. Reactor thread only. Twisted: <c>IReactorPluggableNameResolver</c>.</summary>
public interface IReactorNames
{
    /// <summary>A host's addresses, in the resolver's order; fails with <see cref="DnsLookupException"/>.</summary>
    /// <param name="host">A name or an address.</param>
    Deferred<IReadOnlyList<IPAddress>> Resolve(string host);
}
