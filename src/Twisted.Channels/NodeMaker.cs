using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Twisted.Application;
using Twisted.Application.Plugins;
using Twisted.Channels.Nats;

namespace Twisted.Channels;

/// <summary>Makes what <c>twistd node</c> runs: one node of a mesh, with a console if it is wanted.</summary>
public sealed partial class NodeMaker : ServiceMaker<NodeCommandOptions>
{
    /// <inheritdoc/>
    public override IService MakeService(NodeCommandOptions options, IApplicationContext application)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(application);
        try
        {
            return options.Nats is { Length: > 0 } server
                ? MakeBus(options, server, application)
                : MakeNode(options, application);
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    private static Node MakeNode(NodeCommandOptions options, IApplicationContext application)
    {
        if (options.SecretFile is not { Length: > 0 } file)
            throw new FormatException("--secret-file is missing: a node needs the secret of its mesh.");
        ILogger log = LogOf(application);
        var node = new Node(application.Reactor, new NodeOptions
        {
            Id = options.Id,
            SharedSecret = SecretFile.Read(file),
            Peers = PeersOf(options.Peers ?? ""),
            MaxFrame = options.MaxFrame,
            ReconnectDelay = options.ReconnectDelay,
            PingInterval = options.PingInterval,
        }, log);
        if (options.Listen is { } listen)
            node.AddService(application.Serve(listen, node.Acceptor)).Forget();
        if (options.HasConsole)
            node.AddService(Console(node, options, application, log)).Forget();
        return node;
    }

    private static NatsBus MakeBus(NodeCommandOptions options, string server, IApplicationContext application)
    {
        if ((options.Listen ?? options.Peers ?? options.SecretFile) is not null)
        {
            throw new FormatException("With --nats there are no connections between nodes: leave --listen, --peers and "
                + "--secret-file away; --nats-login is for the server.");
        }
        NatsOptions nats = LoginOf(options.NatsLogin) with
        {
            ReconnectDelay = options.ReconnectDelay,
            PingInterval = options.PingInterval,
        };
        ILogger log = LogOf(application);
        var bus = new NatsBus(
            application.Reactor, new NatsBusOptions { Id = options.Id, Server = server, Nats = nats }, log);
        if (options.HasConsole)
            bus.AddService(Console(bus, options, application, log)).Forget();
        return bus;
    }

    private static NatsOptions LoginOf(string? file)
    {
        if (file is null)
            return new NatsOptions();
        string login = Encoding.UTF8.GetString(SecretFile.Read(file));
        int colon = login.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new NatsOptions { Token = login }
            : new NatsOptions { User = login[..colon], Password = login[(colon + 1)..] };
    }

    private static ILogger LogOf(IApplicationContext application) =>
        application.Logging.CreateLogger("Twisted.Channels");

    /// <summary>Reads <c>2=tcp:127.0.0.1:9102,3=unix:/run/n3</c>; an endpoint may have commas of its own.</summary>
    internal static Dictionary<int, string> PeersOf(string text)
    {
        var peers = new Dictionary<int, string>();
        foreach (string item in BetweenPeers().Split(text).Where(item => item.Length > 0))
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || equals == item.Length - 1
                || !int.TryParse(item[..equals], NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id < 1)
                throw new FormatException($"A peer is written N=ENDPOINT, 2=tcp:10.0.0.2:9102, say; not '{item}'.");
            if (!peers.TryAdd(id, item[(equals + 1)..]))
                throw new FormatException($"Node {id} is given twice among the peers.");
        }
        return peers;
    }

    private static NodeConsoleService Console(
        IChannelBus node, NodeCommandOptions options, IApplicationContext application, ILogger log)
    {
        if (application.Reactor is not IReactorStandardIO reactor)
            throw new FormatException("This reactor has no standard input: leave --console away.");
        string[] services = options.Services.Count > 0 ? [.. options.Services.Distinct()] : ["chat"];
        foreach (string service in services)
            Wire.EnsureName(service);
        return new NodeConsoleService(node, reactor, services, log);
    }

    [GeneratedRegex(@",(?=\d+=)")]
    private static partial Regex BetweenPeers();
}
