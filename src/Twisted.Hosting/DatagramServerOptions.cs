namespace Twisted.Hosting;

/// <summary>Where a UDP port of the host is. Bound by its name from <c>Twisted:Servers:NAME</c>.</summary>
/// <remarks>The order is that of <see cref="StreamServerOptions"/>. Checked when the host starts.</remarks>
public sealed class DatagramServerOptions
{
    /// <summary>Its number; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>The address to listen on; empty for every IPv4 address of this machine.</summary>
    public string Address { get; set; } = "";
}
