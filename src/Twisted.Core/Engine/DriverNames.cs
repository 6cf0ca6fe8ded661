using System.Net;

namespace Twisted.Internet;

/// <summary>The resolver that a reactor begins with: the driver's, which blocks, on threads kept for that.</summary>
internal sealed class DriverNames(ReactorBase reactor) : INameResolver
{
    public IHostResolution ResolveHostName(string host, IResolutionReceiver receiver)
    {
        var lookup = new Lookup(reactor, host, receiver);
        receiver.ResolutionBegan(lookup);
        if (!lookup.IsCancelled)
            reactor.Driver.RunLookup(lookup.Work);
        return lookup;
    }

    private sealed class Lookup(ReactorBase reactor, string name, IResolutionReceiver receiver) : IHostResolution
    {
        private volatile bool _cancelled; // read by the thread that looks up

        internal bool IsCancelled => _cancelled;

        public string Name => name;

        public void Cancel() => _cancelled = true;

        /// <summary>On a thread for lookups. One that nobody waits for any more takes no time there.</summary>
        internal void Work()
        {
            if (_cancelled)
                return;
            IReadOnlyList<IPAddress> addresses = [];
            DnsLookupException? failure = null;
            try
            {
                addresses = reactor.Driver.Resolve(name);
            }
            catch (Exception cause)
            {
                failure = cause as DnsLookupException
                    ?? new DnsLookupException($"DNS lookup failed: {name}: {cause.Message}", cause);
            }
            reactor.CallFromThread(() => Tell(addresses, failure));
        }

        private void Tell(IReadOnlyList<IPAddress> addresses, DnsLookupException? failure)
        {
            foreach (IPAddress address in addresses)
            {
                if (!_cancelled)
                    receiver.AddressResolved(address);
            }
            if (!_cancelled)
                receiver.ResolutionComplete(failure);
        }
    }
}
