using System.Net;

namespace Twisted.Internet;

/// <summary>Endpoints from strings: <c>tcp:8007:interface=127.0.0.1</c>, <c>tcp:localhost:8007:timeout=5</c>.</summary>
/// <remarks>
/// A prefix, then arguments by place, then by name. A backslash takes the next character as it is; see
/// <see cref="Quote"/>. Twisted: <c>serverFromString</c> and <c>clientFromString</c>.
/// </remarks>
public static class Endpoints
{
    private static readonly Dictionary<string, Func<IReactor, EndpointDescription, IStreamServerEndpoint>> Servers =
        new(StringComparer.Ordinal) { ["tcp"] = TcpServer };

    private static readonly Dictionary<string, Func<IReactor, EndpointDescription, IStreamClientEndpoint>> Clients =
        new(StringComparer.Ordinal) { ["tcp"] = TcpClient };

    /// <summary>Where to listen.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <param name="description">
    /// <c>tcp:PORT[:interface=ADDRESS][:backlog=N][:reuseport=1]</c>; PORT 0 takes a free one.
    /// </param>
    /// <exception cref="FormatException">The string is malformed; the message says where.</exception>
    public static IStreamServerEndpoint Server(IReactor reactor, string description) =>
        Make(reactor, description, Servers);

    /// <summary>Where to connect to.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <param name="description"><c>tcp:HOST:PORT[:timeout=SECONDS][:bindAddress=ADDRESS]</c>.</param>
    /// <exception cref="FormatException">The string is malformed; the message says where.</exception>
    public static IStreamClientEndpoint Client(IReactor reactor, string description) =>
        Make(reactor, description, Clients);

    /// <summary>Makes an argument safe to put into an endpoint string. Twisted: <c>quoteStringArgument</c>.</summary>
    /// <param name="argument">Any text: a path, an IPv6 address.</param>
    public static string Quote(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(":", "\\:", StringComparison.Ordinal)
            .Replace("=", "\\=", StringComparison.Ordinal);
    }

    private static T Make<T>(IReactor reactor, string description,
        Dictionary<string, Func<IReactor, EndpointDescription, T>> known)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(description);
        EndpointDescription parsed = EndpointDescription.Parse(description);
        return known.TryGetValue(parsed.Prefix, out Func<IReactor, EndpointDescription, T>? make)
            ? make(reactor, parsed)
            : throw parsed.Error($"unknown prefix '{parsed.Prefix}'; known are {string.Join(", ", known.Keys)}");
    }

    private static TcpServerEndpoint TcpServer(IReactor reactor, EndpointDescription description)
    {
        description.Name("port", "interface", "backlog", "reuseport");
        description.Required("port");
        int port = description.Number("port", 0, IPEndPoint.MaxPort)!.Value;
        string address = description.Text("interface") ?? "";
        if (address.Length > 0 && !IPAddress.TryParse(address, out _))
            throw description.Error($"the interface must be an address of this machine, not '{address}'");
        return new TcpServerEndpoint(reactor, port, address, description.Number("backlog", 1, 65_535) ?? 128)
        {
            ReusePort = description.Number("reuseport", 0, 1) == 1,
        };
    }

    private static TcpClientEndpoint TcpClient(IReactor reactor, EndpointDescription description)
    {
        description.Name("host", "port", "timeout", "bindAddress");
        string host = description.Required("host");
        description.Required("port");
        int port = description.Number("port", 1, IPEndPoint.MaxPort)!.Value;
        TimeSpan? timeout = description.Number("timeout", 1, 86_400) is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
        IPEndPoint? bind = null;
        if (description.Text("bindAddress") is { } local)
        {
            bind = IPAddress.TryParse(local, out IPAddress? address)
                ? new IPEndPoint(address, 0)
                : throw description.Error($"the bindAddress must be an address of this machine, not '{local}'");
        }
        return new TcpClientEndpoint(reactor, host, port, timeout) { BindAddress = bind };
    }
}
