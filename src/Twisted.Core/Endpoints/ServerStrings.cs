using System.Net;
using System.Net.Sockets;
using Twisted.Protocols;

namespace Twisted.Internet;

/// <summary>The prefixes for servers that every reactor knows.</summary>
internal static class ServerStrings
{
    /// <summary>The arguments of a TCP port.</summary>
    internal static readonly string[] TcpNames = ["port", "interface", "backlog", "reuseport", .. TcpSettings.Names];

    internal static IStreamServerEndpoint Tcp(IReactor reactor, EndpointDescription description)
    {
        description.Take(TcpNames);
        return TcpOf(reactor, description, "");
    }

    internal static IStreamServerEndpoint Tcp6(IReactor reactor, EndpointDescription description)
    {
        description.Take(TcpNames);
        if (description.Text("interface") is { } text
            && !(IPAddress.TryParse(text, out IPAddress? address)
                && address.AddressFamily == AddressFamily.InterNetworkV6))
            throw description.Error($"the interface must be an IPv6 address of this machine, not '{text}'");
        return TcpOf(reactor, description, "::");
    }

    /// <summary>The endpoint of a description whose arguments have been taken already.</summary>
    internal static IStreamServerEndpoint TcpOf(IReactor reactor, EndpointDescription description, string any)
    {
        description.Required("port");
        int port = description.Number("port", 0, IPEndPoint.MaxPort)!.Value;
        string address = description.Text("interface") ?? any;
        if (address.Length > 0 && !IPAddress.TryParse(address, out _))
            throw description.Error($"the interface must be an address of this machine, not '{address}'");
        TcpSettings? settings = TcpSettings.Of(description);
        var endpoint = new TcpServerEndpoint(reactor, port, address, description.Number("backlog", 1, 65_535) ?? 128)
        {
            ReusePort = description.Flag("reuseport") ?? false,
        };
        return settings is null ? endpoint : new SetServerEndpoint(endpoint, settings);
    }

    internal static IStreamServerEndpoint Unix(IReactor reactor, EndpointDescription description)
    {
        description.Take("address", "mode", "backlog", "lockfile");
        string path = description.Required("address");
        if (reactor is not IReactorUnix able)
            throw description.Error($"{reactor.GetType().Name} has no UNIX sockets");
        return new UnixServerEndpoint(able, path)
        {
            Mode = Mode(description),
            Backlog = description.Number("backlog", 1, 65_535) ?? 128,
            // As in Twisted: what a dead server left is removed; an abstract name goes with it.
            LockFile = description.Flag("lockfile") ?? !UnixPath.IsAbstract(path),
        };
    }

    /// <summary><c>stdio:</c>, one connection: the program's own input and output.</summary>
    internal static IStreamServerEndpoint StandardIO(IReactor reactor, EndpointDescription description)
    {
        description.Take();
        return reactor is IReactorStandardIO able
            ? new StandardIOEndpoint(able)
            : throw description.Error(
                $"{reactor.GetType().Name} has no standard input and output (no IReactorStandardIO)");
    }

    internal static IStreamServerEndpoint Proxy(IReactor reactor, EndpointDescription description)
    {
        string wrapped = description.TakeWrapped(0, "trust", "timeout");
        var options = new ProxyProtocolOptions();
        if (description.Seconds("timeout") is { } timeout)
            options = options with { HeaderTimeout = timeout };
        if (description.Text("trust") is { } trust)
            options = options with { TrustedSources = [.. trust.Split(',').Select(one => Network(description, one))] };
        return new ProxyServerEndpoint(Endpoints.Server(reactor, wrapped), options);
    }

    private static IPNetwork Network(EndpointDescription description, string text)
    {
        if (IPNetwork.TryParse(text, out IPNetwork network))
            return network;
        return IPAddress.TryParse(text, out IPAddress? one)
            ? new IPNetwork(one, one.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            : throw description.Error($"'{text}' in trust is neither an address nor a network such as 10.0.0.0/8");
    }

    private static UnixFileMode Mode(EndpointDescription description)
    {
        string mode = description.Text("mode") ?? "666";
        int value = 0;
        foreach (char digit in mode)
            value = (value << 3) | (digit - '0');
        return mode.Length is 3 or 4 && mode.All(digit => digit is >= '0' and <= '7') && value <= 0x1ff
            ? (UnixFileMode)value
            : throw description.Error($"the mode must be three octal digits, such as 660, not '{mode}'");
    }
}
