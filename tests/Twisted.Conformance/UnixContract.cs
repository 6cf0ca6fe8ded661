using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Twisted.Conformance;

/// <summary>UNIX sockets in the file system: names, permissions, locks, and who removes what.</summary>
[UnsupportedOSPlatform("windows")]
public abstract class UnixContract : ReactorContract
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static IListeningPort Listen(IReactor reactor, string path, UnixListenOptions? options = null) =>
        ((IReactorUnixOptions)reactor).ListenUnix(
            path, Factory.For(() => new Probe()), options ?? new UnixListenOptions());

    private static async Deferred<string> Failure(IReactor reactor, string path, bool lockFile = false)
    {
        var failed = new Deferred<string>();
        var factory = new ProbeClientFactory
        {
            OnFailed = (_, reason) => failed.Callback($"{reason.GetType().Name} {reason.Message}"),
        };
        ((IReactorUnixOptions)reactor).ConnectUnix(path, factory, new UnixConnectOptions { LockFile = lockFile });
        return await failed;
    }

    /// <summary>A socket that nobody listens on any more, as a killed process leaves it.</summary>
    private static void LeaveStaleSocket(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        string hidden = path + ".moved";
        socket.Bind(new UnixDomainSocketEndPoint(hidden));
        File.Move(hidden, path); // .NET would remove it under its first name
    }

    private static int DeadProcess()
    {
        using var process = Process.Start("/bin/true");
        process.WaitForExit();
        return process.Id;
    }

    [Fact]
    public void The_socket_has_the_mode_that_was_asked_for_and_goes_when_the_port_stops() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        IListeningPort port = Listen(reactor, path, new UnixListenOptions { Mode = OwnerOnly });
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        IListeningPort open = ((IReactorUnix)reactor).ListenUnix(Folder.Fresh(), Factory.For(() => new Probe()));
        Assert.Equal("rw-rw-rw-", Letters(File.GetUnixFileMode(open.Host.ToString()!)));
        await port.StopListening();
        await open.StopListening();
        Assert.Empty(Folder.Contents());
    });

    private static string Letters(UnixFileMode mode) =>
        string.Concat(Enumerable.Range(0, 9).Select(i => ((int)mode >> (8 - i) & 1) == 0 ? '-' : "rwx"[i % 3]));

    [Fact]
    public void A_string_that_wraps_it_reads_a_PROXY_header() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        var server = new Probe();
        await using IListeningPort port = await Endpoints.Server(reactor, $"haproxy:unix:{Endpoints.Quote(path)}")
            .Listen(Factory.For(() => server));
        var client = new Probe
        {
            OnMade = probe => probe.Transport.Write("PROXY TCP4 192.0.2.7 198.51.100.9 12345 443\r\nhello"),
        };
        await new UnixClientEndpoint((IReactorUnix)reactor, path).Connect(() => client);
        await server.Made;
        Assert.Equal("192.0.2.7:12345", server.Transport.Peer.ToString());
        while (server.Received.Count < 5)
            await reactor.DeferLater(TimeSpan.Zero);
        client.Transport.LoseConnection();
        await server.Lost;
        Assert.Equal("hello"u8.ToArray(), server.Received);
    });

    [Fact]
    public void A_port_that_has_stopped_can_listen_again() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        IListeningPort port = Listen(reactor, path, new UnixListenOptions { LockFile = true });
        await port.StopListening();
        port.StartListening();
        var client = new Probe();
        ((IReactorUnix)reactor).ConnectUnix(path, new ProbeClientFactory(client));
        await client.Made;
        await port.StopListening();
        Assert.Empty(Folder.Contents());
    });

    [Fact]
    public void What_is_open_when_the_reactor_stops_is_removed()
    {
        Run(reactor =>
        {
            Listen(reactor, Folder.Fresh(), new UnixListenOptions { LockFile = true });
            return Deferred.Succeed();
        });
        Assert.Empty(Folder.Contents());
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_and_stays_whatever_it_is() => Run(async reactor =>
    {
        string served = Folder.Fresh();
        Listen(reactor, served);
        string stale = Folder.Fresh();
        LeaveStaleSocket(stale);
        string file = Folder.Fresh();
        await File.WriteAllTextAsync(file, "mine");
        foreach (string path in new[] { served, stale, file })
        {
            var refused = Assert.Throws<CannotListenException>(() => Listen(reactor, path));
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
            Assert.True(File.Exists(path));
        }
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
    });

    [Fact]
    public void A_file_that_has_taken_the_name_meanwhile_is_not_removed() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        IListeningPort port = Listen(reactor, path);
        File.Delete(path);
        await File.WriteAllTextAsync(path, "mine");
        await port.StopListening();
        Assert.Equal("mine", await File.ReadAllTextAsync(path));

        string other = Folder.Fresh();
        IListeningPort first = Listen(reactor, other);
        File.Delete(other);
        IListeningPort second = Listen(reactor, other);
        await first.StopListening();
        Assert.True(File.Exists(other));
        await second.StopListening();
        Assert.False(File.Exists(other));
    });

    [Fact]
    public void The_lock_names_our_process_and_keeps_a_second_port_out() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        IListeningPort port = Listen(reactor, path, new UnixListenOptions { LockFile = true });
        Assert.Equal($"{Environment.ProcessId}", new FileInfo(path + ".lock").LinkTarget);
        var refused = Assert.Throws<CannotListenException>(
            () => Listen(reactor, path, new UnixListenOptions { LockFile = true }));
        Assert.Contains($"process {Environment.ProcessId} holds", refused.Message, StringComparison.Ordinal);
        await port.StopListening();
        Assert.Empty(Folder.Contents());
    });

    [Fact]
    public void The_lock_of_a_living_process_keeps_us_out_and_its_socket_stays() => Run(reactor =>
    {
        string path = Folder.Fresh();
        LeaveStaleSocket(path);
        File.CreateSymbolicLink(path + ".lock", "1");
        var refused = Assert.Throws<CannotListenException>(
            () => Listen(reactor, path, new UnixListenOptions { LockFile = true }));
        Assert.Contains("process 1 holds", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, Folder.Contents().Length);
        return Deferred.Succeed();
    });

    [Fact]
    public void What_a_dead_process_has_left_is_removed_with_its_lock() => Run(async reactor =>
    {
        // Its id may have become ours: in a container every server is process 1.
        foreach (int owner in new[] { DeadProcess(), Environment.ProcessId })
        {
            string path = Folder.Fresh();
            LeaveStaleSocket(path);
            File.CreateSymbolicLink(path + ".lock", $"{owner}");
            IListeningPort port = Listen(reactor, path, new UnixListenOptions { LockFile = true });
            var client = new Probe();
            ((IReactorUnix)reactor).ConnectUnix(path, new ProbeClientFactory(client));
            await client.Made;
            await port.StopListening();
            Assert.Empty(Folder.Contents());
        }
    });

    [Fact]
    public void A_stale_lock_lets_nothing_be_removed_that_is_no_socket() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        await File.WriteAllTextAsync(path, "mine");
        File.CreateSymbolicLink(path + ".lock", $"{DeadProcess()}");
        Assert.Throws<CannotListenException>(() => Listen(reactor, path, new UnixListenOptions { LockFile = true }));
        Assert.Equal("mine", await File.ReadAllTextAsync(path));
        Assert.Equal([Path.GetFileName(path)], Folder.Contents());
    });

    [Fact]
    public void A_file_in_the_place_of_the_lock_is_named() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        await File.WriteAllTextAsync(path + ".lock", "mine");
        var refused = Assert.Throws<CannotListenException>(
            () => Listen(reactor, path, new UnixListenOptions { LockFile = true }));
        Assert.Contains(path + ".lock", refused.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(path + ".lock"));
    });

    [Fact]
    public void A_client_that_wants_a_lock_fails_unless_somebody_holds_it() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        IListeningPort port = Listen(reactor, path);
        Assert.Contains("no living process", await Failure(reactor, path, lockFile: true), StringComparison.Ordinal);
        await port.StopListening();
        Listen(reactor, path, new UnixListenOptions { LockFile = true });
        var client = new Probe();
        await new UnixClientEndpoint((IReactorUnix)reactor, path) { LockFile = true }
            .Connect(Factory.For(() => client));
        Assert.Equal(1, client.MadeCount);
    });

    [Fact]
    public void A_name_where_nobody_is_fails_and_so_does_one_where_nobody_listens() => Run(async reactor =>
    {
        Assert.StartsWith("ConnectFailedException", await Failure(reactor, Folder.Fresh()), StringComparison.Ordinal);
        string stale = Folder.Fresh();
        LeaveStaleSocket(stale);
        Assert.StartsWith("ConnectionRefusedException", await Failure(reactor, stale), StringComparison.Ordinal);
    });

    [Fact]
    public void An_abstract_name_leaves_nothing_in_the_file_system() => Run(async reactor =>
    {
        string name = "\0" + Folder.Fresh();
        var server = new Probe();
        var client = new Probe();
        await using IListeningPort port = await new UnixServerEndpoint((IReactorUnix)reactor, name)
            .Listen(Factory.For(() => server));
        await new UnixClientEndpoint((IReactorUnix)reactor, name).Connect(Factory.For(() => client));
        await server.Made;
        Assert.Empty(Folder.Contents());
        Assert.Equal("@" + name[1..], client.Transport.Peer.Host);
        Assert.Throws<CannotListenException>(() => Listen(reactor, name));
        Assert.Throws<CannotListenException>(
            () => Listen(reactor, name + "2", new UnixListenOptions { LockFile = true }));
    });

    [Fact]
    public void A_path_of_107_bytes_is_the_longest() => Run(async reactor =>
    {
        string folder = Path.GetDirectoryName(Folder.Fresh())! + "/";
        string longest = folder + new string('é', (107 - folder.Length) / 2);
        longest += new string('x', 107 - folder.Length - (longest.Length - folder.Length) * 2);
        Listen(reactor, longest);
        var client = new Probe();
        ((IReactorUnix)reactor).ConnectUnix(longest, new ProbeClientFactory(client));
        await client.Made;
        Assert.Equal(longest, client.Transport.Peer.Host);
        var refused = Assert.Throws<ArgumentException>(() => Listen(reactor, longest + "x"));
        Assert.Contains("has 108", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Listen(reactor, ""));
    });

    [Fact]
    public void A_client_waits_for_a_port_that_holds_as_many_as_it_may() => Run(async reactor =>
    {
        string path = Folder.Fresh();
        using var full = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        full.Bind(new UnixDomainSocketEndPoint(path));
        full.Listen(1);
        Probe[] clients = [new(), new(), new(), new()];
        foreach (Probe client in clients)
            ((IReactorUnix)reactor).ConnectUnix(path, new ProbeClientFactory(client));
        await Wait(reactor, 0.03);
        Assert.InRange(clients.Count(client => client.MadeCount == 1), 1, 3);
        for (int i = 0; i < clients.Length; i++)
        {
            using Socket accepted = await Deferred.FromTask(token => full.AcceptAsync(token).AsTask());
            await Wait(reactor, 0.02);
        }
        await Deferred.GatherResults(clients.Select(client => client.Made));
    });
}
