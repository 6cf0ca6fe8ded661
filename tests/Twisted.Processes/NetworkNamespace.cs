namespace Twisted.Processes;

/// <summary>A network of its own, where a test may have any port, such as finger's 79. Needs root.</summary>
public sealed class NetworkNamespace : IAsyncDisposable
{
    private readonly string _name = $"twisted-{Guid.NewGuid():N}";

    private NetworkNamespace() { }

    /// <summary>Makes one, with nothing but the loopback interface.</summary>
    public static async Task<NetworkNamespace> Create()
    {
        var network = new NetworkNamespace();
        await Ip("netns", "add", network._name).ConfigureAwait(false);
        try
        {
            await Ip(network.Command("ip", "link", "set", "lo", "up")[1..]).ConfigureAwait(false);
        }
        catch
        {
            await network.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return network;
    }

    /// <summary>Plugs in a cable to another one, with an address at each end.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="cable">The name of the device at both ends.</param>
    /// <param name="here">The address here, with its prefix: 10.77.0.1/30, say.</param>
    /// <param name="there">The address there, with its prefix.</param>
    public async Task Connect(NetworkNamespace other, string cable, string here, string there)
    {
        await Inside("ip", "link", "add", cable, "type", "veth", "peer", "name", cable, "netns", other._name)
            .ConfigureAwait(false);
        await Inside("ip", "address", "add", here, "dev", cable).ConfigureAwait(false);
        await other.Inside("ip", "address", "add", there, "dev", cable).ConfigureAwait(false);
        await Inside("ip", "link", "set", cable, "up").ConfigureAwait(false);
        await other.Inside("ip", "link", "set", cable, "up").ConfigureAwait(false);
    }

    /// <summary>Runs a command inside, which must succeed.</summary>
    public Task Inside(params string[] command) => Ip(Command(command)[1..]);

    /// <summary>A command, to be run inside.</summary>
    public string[] Command(params string[] command) => [Peers.Ip, "netns", "exec", _name, .. command];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Ip("netns", "delete", _name).ConfigureAwait(false);

    private static async Task Ip(params string[] arguments)
    {
        await using RunningProgram ip = RunningProgram.Start([Peers.Ip, .. arguments]);
        await ip.Succeeds().ConfigureAwait(false);
    }
}
