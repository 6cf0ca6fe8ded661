using System.Net;

namespace Twisted.Internet;

/// <summary>Hears of a lookup, address by address. Reactor thread only. Twisted: <c>IResolutionReceiver</c>.</summary>
public interface IResolutionReceiver
{
    /// <summary>The lookup has begun. Called once, first.</summary>
    /// <param name="resolution">The lookup; it can be cancelled from here on.</param>
    void ResolutionBegan(IHostResolution resolution);

    /// <summary>An address was found: use it at once, more may follow.</summary>
    /// <param name="address">The address.</param>
    void AddressResolved(IPAddress address);

    /// <summary>No more will come. Called once, last.</summary>
    /// <param name="failure">Why not all could be found; null when that is all there is, which may be nothing.</param>
    void ResolutionComplete(DnsLookupException? failure);
}
