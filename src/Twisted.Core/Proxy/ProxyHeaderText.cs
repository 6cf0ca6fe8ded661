using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Twisted.Protocols;

/// <summary>The line of version 1.</summary>
internal static class ProxyHeaderText
{
    /// <summary>What stands between <c>PROXY </c> and CR LF.</summary>
    internal static (ProxyHeader? Header, string? Error) Parse(ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual("UNKNOWN"u8) || line.StartsWith("UNKNOWN "u8)) // what follows is to be ignored
            return (new ProxyHeader(1, null, null, [], null), null);
        string text = Encoding.Latin1.GetString(line);
        string[] fields = text.Split(' ');
        AddressFamily? family = fields[0] switch
        {
            "TCP4" => AddressFamily.InterNetwork,
            "TCP6" => AddressFamily.InterNetworkV6,
            _ => null,
        };
        if (family is null)
            return (null, "its protocol is not TCP4, TCP6 or UNKNOWN");
        if (fields.Length != 5)
            return (null, $"{fields[0]} takes two addresses and two ports, with one blank between them");
        if (Address(fields[1], family.Value) is not { } source)
            return (null, $"its source is no address of {fields[0]}");
        if (Address(fields[2], family.Value) is not { } destination)
            return (null, $"its destination is no address of {fields[0]}");
        if (Port(fields[3]) is not { } sourcePort || Port(fields[4]) is not { } destinationPort)
            return (null, "its ports are not numbers from 0 to 65535");
        return (new ProxyHeader(1, new IPEndPoint(source, sourcePort), new IPEndPoint(destination, destinationPort),
            [], null), null);
    }

    /// <summary>Stricter than the BCL, which takes short forms, zones and brackets.</summary>
    private static IPAddress? Address(string text, AddressFamily family)
    {
        bool looksRight = family == AddressFamily.InterNetwork
            ? text.Split('.') is { Length: 4 } parts && parts.All(part => Decimal(part, 3) is <= 255)
            : text.Contains(':') && text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.');
        return looksRight && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == family
            ? address
            : null;
    }

    private static int? Port(string text) => Decimal(text, 5) is { } port and <= IPEndPoint.MaxPort ? port : null;

    private static int? Decimal(string text, int most)
    {
        if (text.Length == 0 || text.Length > most || (text.Length > 1 && text[0] == '0'))
            return null;
        int value = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return null;
            value = (value * 10) + digit - '0';
        }
        return value;
    }
}
