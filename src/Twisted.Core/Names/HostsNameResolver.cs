using System.Net;

namespace Twisted.Internet;

/// <summary>Knows some names by heart, as a hosts file does, and asks another resolver for the rest.</summary>
/// <remarks>For tests, and for programs that must reach a name elsewhere than DNS says.</remarks>
/// <param name="hosts">The names, upper or lower case, with their addresses in order.</param>
/// <param name="otherwise">Who knows all other names; without one they are unknown.</param>
public sealed class HostsNameResolver(
    IReadOnlyDictionary<string, IReadOnlyList<IPAddress>> hosts, INameResolver? otherwise = null) : INameResolver
{
    private readonly Dictionary<string, IReadOnlyList<IPAddress>> _hosts =
        new(hosts, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IHostResolution ResolveHostName(string host, IResolutionReceiver receiver)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentNullException.ThrowIfNull(receiver);
        if (!_hosts.TryGetValue(host, out IReadOnlyList<IPAddress>? addresses) && otherwise is not null)
            return otherwise.ResolveHostName(host, receiver);
        var resolution = new ToldAtOnce(host);
        receiver.ResolutionBegan(resolution);
        foreach (IPAddress address in addresses ?? [])
        {
            if (!resolution.IsCancelled)
                receiver.AddressResolved(address);
        }
        if (!resolution.IsCancelled)
            receiver.ResolutionComplete(addresses is null
                ? new DnsLookupException($"DNS lookup failed: {host}: no such host here.")
                : null);
        return resolution;
    }

    private sealed class ToldAtOnce(string name) : IHostResolution
    {
        internal bool IsCancelled { get; private set; }

        public string Name => name;

        public void Cancel() => IsCancelled = true;
    }
}
