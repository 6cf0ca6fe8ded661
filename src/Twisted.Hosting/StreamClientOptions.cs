namespace Twisted.Hosting;

/// <summary>Where a client of the host connects to. Bound by its name from <c>Twisted:Clients:NAME</c>.</summary>
/// <remarks>The order is that of <see cref="StreamServerOptions"/>. Checked when the host starts.</remarks>
public sealed class StreamClientOptions
{
    /// <summary>An endpoint string, such as <c>tcp:example.com:8007</c>.</summary>
    public string? Endpoint { get; set; }
}
