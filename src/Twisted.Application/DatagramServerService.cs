namespace Twisted.Application;

/// <summary>A port for datagrams that is open while the service runs. Twisted: <c>internet.UDPServer</c>.</summary>
/// <param name="open">
/// Opens it: <c>() =&gt; reactor.ListenUdp(9, protocol)</c>, or a multicast or UNIX one.
/// </param>
public sealed class DatagramServerService(Func<IListeningPort> open) : Service
{
    private IListeningPort? _port;

    /// <summary>Where it is open; null while it is not.</summary>
    public System.Net.EndPoint? Host => _port?.Host;

    /// <summary>Opens the port.</summary>
    /// <exception cref="CannotListenException">It cannot be had; the Deferred fails with it.</exception>
    public override Deferred PrivilegedStartService() => Deferred.Try(() =>
    {
        _port ??= open();
        return base.PrivilegedStartService();
    });

    /// <inheritdoc/>
    public override Deferred StartService() => Deferred.Try(() =>
    {
        _port ??= open();
        return base.StartService();
    });

    /// <inheritdoc/>
    public override async Deferred StopService()
    {
        await base.StopService();
        IListeningPort? port = _port;
        _port = null;
        if (port is not null)
            await port.StopListening();
    }
}
