using System.Globalization;
using System.Text.RegularExpressions;
using Twisted.Application;
using Twisted.Application.Plugins;

namespace Twisted.Channels;

/// <summary>Makes what <c>twistd node</c> runs: one node of a mesh, with a console if it is wanted.</summary>
public sealed partial class NodeMaker : ServiceMaker<NodeCommandOptions>
{
    /// <inheritdoc/>
    public override IService MakeService(NodeCommandOptions options, IApplicationContext application)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(application);
        if (options.SecretFile is not { Length: > 0 } file)
            throw new FormatException("--secret-file is missing: a node needs the secret of its mesh.");
        try
        {
            return Make(options, SecretFile.Read(file), application);
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    private static Node Make(NodeCommandOptions options, byte[] secret, IApplicationContext application)
    {
        var node = new Node(application.Reactor, new NodeOptions
        {
            Id = options.Id,
            SharedSecret = secret,
            Peers = PeersOf(options.Peers ?? ""),
            MaxFrame = options.MaxFrame,
            ReconnectDelay = options.ReconnectDelay,
            PingInterval = options.PingInterval,
        }, application.Logging.CreateLogger("Twisted.Channels"));
        if (options.Listen is { } listen)
            node.AddService(application.Serve(listen, node.Acceptor)).Forget();
        if (options.HasConsole)
            node.AddService(Console(node, options, application)).Forget();
        return node;
    }

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

    private static NodeConsoleService Console(Node node, NodeCommandOptions options, IApplicationContext application)
    {
        if (application.Reactor is not IReactorStandardIO reactor)
            throw new FormatException("This reactor has no standard input: leave --console away.");
        string[] services = options.Services.Count > 0 ? [.. options.Services.Distinct()] : ["chat"];
        foreach (string service in services)
            Wire.EnsureName(service);
        return new NodeConsoleService(node, reactor, services);
    }

    [GeneratedRegex(@",(?=\d+=)")]
    private static partial Regex BetweenPeers();
}
