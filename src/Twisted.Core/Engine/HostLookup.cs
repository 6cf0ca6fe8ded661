using System.Net;

namespace Twisted.Internet;

/// <summary>
/// One lookup with its rules: an address needs none, a name is in ASCII, there is a deadline, addresses are bounded and
/// told once each, nothing found is a failure, and whatever a resolver does, the end is told once.
/// </summary>
internal sealed class HostLookup(
    ReactorBase reactor, string host, Action<IPAddress> found, Action<DnsLookupException?> ended)
    : IResolutionReceiver
{
    /// <summary>No name has more in earnest; each costs memory, and an attempt to connect.</summary>
    internal const int MostAddresses = 1000;

    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly HashSet<IPAddress> _addresses = [];
    private IHostResolution? _resolution;
    private IDelayedCall? _deadline;
    private bool _ended;

    internal void Begin()
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            AddressResolved(literal);
            End(null);
            return;
        }
        _deadline = reactor.CallLater(Deadline, () => End(new DnsLookupException(
            $"DNS lookup failed: {host}: no answer within {Deadline.TotalSeconds} seconds.")));
        try
        {
            IHostResolution resolution = reactor.NameResolver.ResolveHostName(HostNames.ToAscii(host), this);
            if (_ended)
                resolution.Cancel();
            else
                _resolution ??= resolution;
        }
        catch (Exception failure)
        {
            End(AsLookupFailure(failure));
        }
    }

    /// <summary>Nothing more is told.</summary>
    internal void Cancel()
    {
        _ended = true;
        _deadline?.Cancel();
        _resolution?.Cancel();
    }

    public void ResolutionBegan(IHostResolution resolution) => _resolution = resolution;

    public void AddressResolved(IPAddress address)
    {
        if (!_ended && _addresses.Count < MostAddresses && _addresses.Add(address))
            found(address);
    }

    public void ResolutionComplete(DnsLookupException? failure) => End(failure);

    private void End(DnsLookupException? failure)
    {
        if (_ended)
            return;
        Cancel();
        if (_addresses.Count > 0)
            failure = null; // a part of the addresses is enough to connect
        else
            failure ??= new DnsLookupException($"DNS lookup failed: {host} has no address.");
        ended(failure);
    }

    private DnsLookupException AsLookupFailure(Exception failure) => failure as DnsLookupException
        ?? new DnsLookupException($"DNS lookup failed: {host}: {failure.Message}", failure);
}
