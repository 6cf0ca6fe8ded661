using Twisted.Application.Plugins;

namespace Twisted.Channels;

/// <summary>The options of <c>twistd node</c>.</summary>
public sealed record NodeCommandOptions
{
    /// <summary>The number of the node.</summary>
    [Option("--id", Description = "Our number, 1 or more, another one for each node.", HelpName = "N", Required = true)]
    public int Id { get; init; }

    /// <summary>Where it listens.</summary>
    [Option("--listen", Description = "Where nodes of higher numbers connect to.", HelpName = "ENDPOINT")]
    public string? Listen { get; init; }

    /// <summary>The other nodes.</summary>
    [Option("--peers", HelpName = "N=ENDPOINT,...",
        Description = "The other nodes; those of lower numbers than ours are connected to.")]
    public string? Peers { get; init; }

    /// <summary>The file of the secret.</summary>
    [Option("--secret-file", HelpName = "FILE",
        Description = "What all nodes know and nobody else; 16 bytes or more (openssl rand -hex 32).")]
    public string? SecretFile { get; init; }

    /// <summary>The NATS server that nodes meet at, instead of connections to each other.</summary>
    [Option("--nats", HelpName = "ENDPOINT",
        Description = "Meet the other nodes at this NATS server, in place of --listen, --peers and --secret-file.")]
    public string? Nats { get; init; }

    /// <summary>The file of the login at the NATS server.</summary>
    [Option("--nats-login", HelpName = "FILE",
        Description = "Has USER:PASSWORD for the NATS server, or a token, which has no colon.")]
    public string? NatsLogin { get; init; }

    /// <summary>Whether there is a console.</summary>
    [Option("--console", Description = "Read commands from standard input: send, all, nodes.")]
    public bool HasConsole { get; init; }

    /// <summary>The services whose messages the console prints.</summary>
    [Option("--service", Description = "A service whose messages the console prints; chat unless given.",
        HelpName = "NAME")]
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The longest frame.</summary>
    [Option("--max-frame", Description = "The longest frame that is read, in bytes.", HelpName = "BYTES")]
    public int MaxFrame { get; init; } = 1024 * 1024;

    /// <summary>The longest wait before the next attempt to connect.</summary>
    [Option("--reconnect-delay", Description = "A lost node is tried again within this time.", HelpName = "SECONDS")]
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a node may be silent before it is asked whether it is there.</summary>
    [Option("--ping-interval", Description = "After so much silence a node is asked whether it is there.",
        HelpName = "SECONDS")]
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);
}
