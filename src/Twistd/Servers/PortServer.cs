using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>A protocol on a port.</summary>
/// <param name="port">
/// Where it listens unless told otherwise: on this machine only, 7000 above its RFC's port.
/// </param>
/// <param name="make">Makes its factory.</param>
internal sealed class PortServer(int port, Func<IReactor, IProtocolFactory> make) : ServiceMaker<PortOptions>
{
    /// <inheritdoc/>
    public override IService MakeService(PortOptions options, IApplicationContext application) =>
        application.Serve(options.Port, make(application.Reactor));

    /// <inheritdoc/>
    protected override PortOptions MakeOptions() => new() { Port = $"tcp:{port}:interface=127.0.0.1" };
}
