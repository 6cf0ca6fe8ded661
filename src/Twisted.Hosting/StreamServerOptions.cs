namespace Twisted.Hosting;

/// <summary>How a server of the host runs. Bound by the server's name from <c>Twisted:Servers:NAME</c>.</summary>
/// <remarks>
/// First comes what the program gave to AddStreamServer, then the configuration, then what
/// <c>services.Configure&lt;StreamServerOptions&gt;(name, ...)</c> says. Checked when the host starts.
/// </remarks>
public sealed class StreamServerOptions
{
    /// <summary>Where it listens: an endpoint string, such as <c>tcp:8007:interface=127.0.0.1</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>
    /// How long connections may take to finish when the host stops; 30 seconds unless set. The host's own
    /// ShutdownTimeout ends them too.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The most connections of this server at a time; one more is closed at once. 0, as unless set, leaves it to
    /// <see cref="ReactorHostOptions.MaxConnections"/>, which counts those of all servers.
    /// </summary>
    public int MaxConnections { get; set; }
}
