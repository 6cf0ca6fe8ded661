using System.Net;

namespace Twisted.Internet;

/// <summary>The prefixes for clients that every reactor knows.</summary>
internal static class ClientStrings
{
    internal static IStreamClientEndpoint Tcp(IReactor reactor, EndpointDescription description)
    {
        description.Take(["host", "port", "timeout", "bindAddress", .. TcpSettings.Names]);
        return TcpOf(reactor, description);
    }

    /// <summary>The endpoint of a description whose arguments have been taken already.</summary>
    internal static IStreamClientEndpoint TcpOf(IReactor reactor, EndpointDescription description)
    {
        string host = description.Required("host");
        description.Required("port");
        int port = description.Number("port", 1, IPEndPoint.MaxPort)!.Value;
        var options = new TcpConnectOptions();
        if (description.Seconds("timeout") is { } timeout)
            options = options with { Timeout = timeout };
        if (description.Text("bindAddress") is { } local)
        {
            options = IPAddress.TryParse(local, out IPAddress? address)
                ? options with { BindAddress = new IPEndPoint(address, 0) }
                : throw description.Error($"the bindAddress must be an address of this machine, not '{local}'");
        }
        TcpSettings? settings = TcpSettings.Of(description);
        var endpoint = new HostnameEndpoint(reactor, host, port) { Options = options };
        return settings is null ? endpoint : new SetClientEndpoint(endpoint, settings);
    }

    internal static IStreamClientEndpoint Unix(IReactor reactor, EndpointDescription description)
    {
        description.Take("path", "timeout", "lockfile");
        string path = description.Required("path");
        return reactor is IReactorUnix able
            ? new UnixClientEndpoint(able, path)
            {
                Timeout = description.Seconds("timeout"),
                LockFile = description.Flag("lockfile") ?? false,
            }
            : throw description.Error($"{reactor.GetType().Name} has no UNIX sockets");
    }

    /// <summary><c>process:/bin/cat</c>, <c>process:FILE:ARGUMENT:ARGUMENT:cwd=FOLDER</c>.</summary>
    internal static IStreamClientEndpoint Process(IReactor reactor, EndpointDescription description)
    {
        IReadOnlyList<string> arguments = description.TakeList(1, "file", "cwd");
        var options = new ProcessOptions(description.Required("file"), arguments)
        {
            WorkingDirectory = description.Text("cwd"),
        };
        return reactor is IReactorProcess able
            ? new ProcessEndpoint(able, options)
            : throw description.Error($"{reactor.GetType().Name} has no processes (no IReactorProcess)");
    }
}
