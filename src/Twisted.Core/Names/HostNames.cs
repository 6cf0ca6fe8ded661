using System.Globalization;

namespace Twisted.Internet;

/// <summary>What may be looked up, and how it is spelled then.</summary>
internal static class HostNames
{
    private const int LongestName = 253; // RFC 1035, 2.3.4, as text without the final dot
    private const int LongestLabel = 63;

    private static readonly IdnMapping Idna = new();

    /// <summary>The name in ASCII: letters of other scripts as punycode (IDNA), ASCII as it is.</summary>
    /// <exception cref="DnsLookupException">It can be no host name.</exception>
    internal static string ToAscii(string host)
    {
        string ascii = host;
        try
        {
            if (!System.Text.Ascii.IsValid(host))
                ascii = Idna.GetAscii(host);
        }
        catch (ArgumentException failure)
        {
            throw new DnsLookupException($"DNS lookup failed: '{Shown(host)}' is no host name: {failure.Message}",
                failure);
        }
        string name = ascii.EndsWith('.') ? ascii[..^1] : ascii;
        if (name.Length > LongestName)
            throw Bad(host, $"it is longer than {LongestName} characters");
        foreach (string label in name.Split('.'))
        {
            if (label.Length is 0 or > LongestLabel)
                throw Bad(host, $"between dots there are 1 to {LongestLabel} characters");
        }
        return name.Any(c => c <= ' ' || c == '\x7f') ? throw Bad(host, "it has blanks or control characters") : ascii;
    }

    private static DnsLookupException Bad(string host, string why) =>
        new($"DNS lookup failed: '{Shown(host)}' is no host name: {why}.");

    /// <summary>It may come from a peer: its beginning on one line is enough.</summary>
    private static string Shown(string host) =>
        string.Concat((host.Length > 80 ? host[..80] + "..." : host).Select(c => char.IsControl(c) ? '?' : c));
}
