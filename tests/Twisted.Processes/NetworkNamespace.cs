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
