using System.Net.Sockets;

namespace Twisted.Internet;

// UNIX sockets.
internal partial class SystemReactor : IReactorUnix, IReactorUnixOptions, IReactorUnixDatagrams
{
    public IListeningPort ListenUnix(string path, IProtocolFactory factory, UnixFileMode mode, bool lockFile) =>
        ListenUnix(path, factory, new UnixListenOptions { Mode = mode, LockFile = lockFile });

    public IListeningPort ListenUnix(string path, IProtocolFactory factory, UnixListenOptions options)
    {
        UnixDomainSocketEndPoint address = UnixPath.Parse(path);
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Backlog, 1, "backlog");
        var listening = new ListeningPort(this, () => _system.ListenUnix(address, options), factory);
        listening.StartListening();
        return listening;
    }

    public IConnector ConnectUnix(string path, IClientFactory factory, TimeSpan? timeout = null) =>
        ConnectUnix(path, factory, new UnixConnectOptions { Timeout = timeout });

    public IConnector ConnectUnix(string path, IClientFactory factory, UnixConnectOptions options)
    {
        UnixDomainSocketEndPoint address = UnixPath.Parse(path);
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(options);
        TimeSpan patience = options.Timeout ?? DefaultConnectTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero, "timeout");
        if (options.LockFile && UnixPath.IsAbstract(path))
            throw new ArgumentException($"{address} is an abstract name: it has no lock file.", nameof(options));
        var connector = new Connector(this, address, factory, patience,
            _ => _system.ConnectUnix(address, options.LockFile));
        connector.Connect();
        return connector;
    }

    public IListeningPort ListenUnixDatagram(
        string path, IUnixDatagramProtocol protocol, int maxPacketSize, UnixFileMode mode)
    {
        UnixDomainSocketEndPoint address = UnixPath.Parse(path);
        return OpenUnixDatagrams(() => _system.BindUnix(address, mode), protocol, maxPacketSize, peer: null);
    }

    public IListeningPort ConnectUnixDatagram(
        string path, IUnixDatagramProtocol protocol, string? bindPath, int maxPacketSize)
    {
        UnixDomainSocketEndPoint peer = UnixPath.Parse(path);
        UnixDomainSocketEndPoint? address = bindPath is null ? null : UnixPath.Parse(bindPath);
        UnixFileMode mode = new UnixListenOptions().Mode;
        return OpenUnixDatagrams(() => _system.BindUnix(address, mode), protocol, maxPacketSize, peer);
    }

    private UnixDatagramPort OpenUnixDatagrams(Func<IDatagramDriver> open, IUnixDatagramProtocol protocol,
        int maxPacketSize, UnixDomainSocketEndPoint? peer)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPacketSize, 1);
        var datagrams = new UnixDatagramPort(this, open, protocol, maxPacketSize, peer);
        datagrams.StartListening();
        return datagrams;
    }
}
