using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>Endpoint strings with real sockets and the files that they leave.</summary>
[UnsupportedOSPlatform("windows")]
public class SocketStringTests : FaultTests
{
    private const string Local = "tcp:0:interface=127.0.0.1";

    /// <summary>Listens where one string says and connects to where the other says.</summary>
    private static async Deferred<(IListeningPort Port, Probe Server, Probe Client)> Meet(
        IReactor reactor, string server, Func<IListeningPort, string> client)
    {
        var served = new Probe();
        IListeningPort port = await Listen(reactor, server, served);
        Probe probe = await Endpoints.Client(reactor, client(port)).Connect(() => new Probe());
        await served.Made;
        return (port, served, probe);
    }

    private static Deferred<IListeningPort> Listen(IReactor reactor, string description, Probe? served = null) =>
        Endpoints.Server(reactor, description).Listen(Factory.For(() => served ?? new Probe()));

    private static async Deferred<string> Refusal(Deferred<IListeningPort> listening) =>
        (await Assert.ThrowsAsync<CannotListenException>(listening.AsTask)).Message;

    [Fact]
    public void The_options_of_TCP_are_set_on_both_sides() => Run(async reactor =>
    {
        const string options = "keepalive=33,4,6:userTimeout=7:nodelay=0";
        var (_, server, client) = await Meet(
            reactor, $"{Local}:{options}", port => $"tcp:127.0.0.1:{port.Host.Port}:{options}");
        foreach (Probe side in new[] { server, client })
        {
            var tcp = side.Transport.GetRequired<ITcpTransport>();
            Assert.Equal((false, true), (tcp.NoDelay, tcp.KeepAlive));
            var probes = side.Transport.GetRequired<ITcpKeepAlive>();
            Assert.Equal((33, 4, 6, 7), (probes.Idle.TotalSeconds, probes.Interval.TotalSeconds, probes.Count,
                probes.UserTimeout.TotalSeconds));
        }
    });

    [Fact]
    public void Without_options_TCP_sends_at_once_and_does_not_probe() => Run(async reactor =>
    {
        var (_, server, client) = await Meet(reactor, Local, port => $"tcp:127.0.0.1:{port.Host.Port}:keepalive=1");
        var plain = server.Transport.GetRequired<ITcpTransport>();
        Assert.Equal((true, false), (plain.NoDelay, plain.KeepAlive));
        Assert.True(client.Transport.GetRequired<ITcpTransport>().KeepAlive);
    });

    [Fact]
    public void Reuseport_shares_a_port_with_those_that_say_so() => Run(async reactor =>
    {
        IListeningPort first = await Listen(reactor, $"{Local}:reuseport=1");
        string again = $"tcp:{first.Host.Port}:interface=127.0.0.1";
        IListeningPort second = await Listen(reactor, $"{again}:reuseport=1");
        Assert.Equal(first.Host.Port, second.Host.Port);
        Assert.Contains($"{first.Host.Port}", await Refusal(Listen(reactor, again)), StringComparison.Ordinal);
    });

    [Fact]
    public void A_UNIX_socket_has_its_mode_and_its_lock() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        var (port, _, _) = await Meet(reactor, $"unix:{path}:mode=640", _ => $"unix:{path}:lockfile=1");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
            File.GetUnixFileMode(path));
        Assert.Equal([Path.GetFileName(path), Path.GetFileName(path) + ".lock"], Folder.Contents());
        Assert.Contains($"process {Environment.ProcessId} holds its lock file",
            await Refusal(Listen(reactor, $"unix:{path}")), StringComparison.Ordinal);
        await port.StopListening();
        Assert.Empty(Folder.Contents());
    });

    [Fact]
    public void Without_a_lock_a_stale_socket_and_a_file_stay_where_they_are() => Run(async reactor =>
    {
        string stale = Folder.Fresh();
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(stale + ".moved"));
            File.Move(stale + ".moved", stale); // .NET would remove it under its first name
        }
        string file = Folder.Fresh();
        File.WriteAllText(file, "mine");
        foreach (string path in new[] { stale, file })
        {
            Assert.Contains(path, await Refusal(Listen(reactor, $"unix:{path}:lockfile=0")), StringComparison.Ordinal);
            Assert.Contains(path, await Refusal(Listen(reactor, $"unix:{path}")), StringComparison.Ordinal);
        }
        Assert.Equal("mine", File.ReadAllText(file));
        Assert.Equal([Path.GetFileName(stale), Path.GetFileName(file)], Folder.Contents());
    });

    [Fact]
    public void An_abstract_name_has_no_lock_unless_one_is_demanded() => Run(async reactor =>
    {
        string name = "\0" + Folder.Fresh();
        var (_, _, client) = await Meet(reactor, $"unix:{name}", _ => $"unix:{name}");
        Assert.Equal(1, client.MadeCount);
        Assert.Empty(Folder.Contents());
        Assert.Contains("an abstract name has no lock file",
            await Refusal(Listen(reactor, $"unix:{name}1:lockfile=1")), StringComparison.Ordinal);
    });

    [Fact]
    public void A_descriptor_is_listened_on_once() => Run(async reactor =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        IStreamServerEndpoint endpoint = Endpoints.Server(reactor, $"fd:{NumberOf(socket)}");
        var server = new Probe();
        IListeningPort port = await endpoint.Listen(Factory.For(() => server));
        await Dial(reactor, port.Host.Port).Made;
        await server.Made;
        Assert.Contains("was taken over once already", await Refusal(endpoint.Listen(() => new Probe())),
            StringComparison.Ordinal);
    });

    [Fact]
    public void A_descriptor_that_does_not_listen_is_refused_and_left_open() => Run(async reactor =>
    {
        using FileStream file = File.OpenRead("/etc/hosts");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        foreach (nint number in new[] { file.SafeFileHandle.DangerousGetHandle(), socket.Handle, 1_000_000 })
        {
            Assert.Contains($"the descriptor {number}: it is no listening stream socket",
                await Refusal(Listen(reactor, $"fd:{number}")), StringComparison.Ordinal);
        }
        GC.Collect();
        GC.WaitForPendingFinalizers(); // nothing that was made for the attempt may close it later
        Assert.True(file.ReadByte() > 0);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    });

    /// <summary>Its descriptor, which is nobody's from now on, as one that was inherited.</summary>
    private static int NumberOf(Socket socket)
    {
        SafeSocketHandle handle = socket.SafeHandle;
        int number = (int)handle.DangerousGetHandle();
        handle.SetHandleAsInvalid();
        return number;
    }
}

[UnsupportedOSPlatform("windows")]
public class PortableSocketStringTests : SocketStringTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}
