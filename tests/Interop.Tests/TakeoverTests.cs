using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;

namespace Interop.Tests;

/// <summary>A restart that refuses nobody: <c>twistd --takeover</c>.</summary>
[SupportedOSPlatform("linux")]
public sealed class TakeoverTests : IDisposable
{
    private const int ConnectionsPerSecond = 500;

    /// <summary>How often; TAKEOVERS=100 is the long form.</summary>
    private static readonly int Restarts =
        int.Parse(Environment.GetEnvironmentVariable("TAKEOVERS") ?? "8", CultureInfo.InvariantCulture);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("takeover-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathTo(string file) => Path.Combine(_folder.FullName, file);

    [Fact]
    public async Task Nobody_is_refused_while_servers_take_over_from_each_other()
    {
        RunningProgram serving = await Serve("qotd", takesOver: false);
        try
        {
            using var end = new CancellationTokenSource();
            Task<int> clients = Visit(PortOf(serving), end.Token);
            for (int i = 0; i < Restarts; i++)
            {
                RunningProgram next = await Serve("qotd", takesOver: true);
                await serving.Succeeds();
                await serving.DisposeAsync();
                serving = next;
            }
            await end.CancelAsync();
            Assert.True(await clients > 0);
        }
        finally
        {
            await serving.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_connection_of_the_old_process_lives_until_its_client_ends_it()
    {
        await using RunningProgram old = await Serve("echo", takesOver: false);
        int port = PortOf(old);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        Assert.Equal("before", await Echoed(client, "before"));
        await using RunningProgram next = await Serve("echo", takesOver: true);
        await old.Line($"{port} Closed"); // until then both accept
        using var late = new TcpClient();
        await late.ConnectAsync(IPAddress.Loopback, port);
        Assert.Equal("new", await Echoed(late, "new"));
        Assert.Equal("after", await Echoed(client, "after"));
        client.Client.Shutdown(SocketShutdown.Send);
        await old.Succeeds();
        Assert.Equal("still", await Echoed(late, "still"));
    }

    [Fact]
    public async Task A_unix_socket_and_its_lock_go_over_to_the_new_process()
    {
        string path = PathTo("echo");
        await using (RunningProgram old = await Serve("echo", takesOver: false, $"unix:{path}"))
        {
            await using RunningProgram next = await Serve("echo", takesOver: true, $"unix:{path}");
            await old.Succeeds();
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await client.ConnectAsync(new UnixDomainSocketEndPoint(path));
            Assert.Equal($"{next.Id}", new FileInfo($"{path}.lock").LinkTarget);
            next.Terminate();
            await next.Succeeds();
        }
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_successor_that_cannot_start_changes_nothing()
    {
        await using RunningProgram old = await Serve("echo", takesOver: false);
        int port = PortOf(old);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string other = $"tcp:{((IPEndPoint)taken.LocalEndpoint).Port}:interface=127.0.0.1";
        await using RunningProgram failing = await Start("echo", takesOver: true, other);
        await failing.Succeeds(exitCode: 1);
        Assert.Contains("Couldn't listen", failing.Errors);
        await old.Line("this one goes on");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        Assert.Equal("hello", await Echoed(client, "hello"));
    }

    [Fact]
    public async Task Without_a_server_there_is_nothing_to_take_over()
    {
        await using RunningProgram alone = await Start("echo", takesOver: true);
        await alone.Succeeds(exitCode: 1);
        Assert.Matches(@"\Atwistd: No server hands its ports over on [^\n]+ Start without --takeover[^\n]+\n\z",
            alone.Errors);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_reactor_that_cannot_hand_ports_over_says_so()
    {
        await using RunningProgram refused = await Tool.Start(
            "-n", "echo", "-p", Anywhere, "--admin", PathTo("admin"), "--reactor", "portable");
        await refused.Succeeds(exitCode: 1);
        Assert.Equal("twistd: This reactor cannot hand its ports over, only epoll's can. Leave --admin out.\n",
            refused.Errors);
    }

    [Fact]
    public async Task A_daemon_takes_the_pid_file_over_too()
    {
        await using (RunningProgram first = await Tool.Start("echo", "-p", Anywhere, "-d", _folder.FullName))
            await first.Succeeds();
        using Process old = Process.GetProcessById(PidInFile());
        await using (RunningProgram second = await Tool.Start(
            "echo", "-p", Anywhere, "-d", _folder.FullName, "--takeover"))
            await second.Succeeds();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await old.WaitForExitAsync(limit.Token);
        using Process next = Process.GetProcessById(PidInFile());
        Assert.NotEqual(old.Id, next.Id);
        using (Process kill = Process.Start("kill", [$"{next.Id}"]))
            await kill.WaitForExitAsync(limit.Token);
        await next.WaitForExitAsync(limit.Token);
        Assert.Equal("twistd.log", Assert.Single(_folder.GetFileSystemInfos()).Name);
    }

    private const string Anywhere = "tcp:0:interface=127.0.0.1";

    private int PidInFile() => int.Parse(File.ReadAllText(PathTo("twistd.pid")), CultureInfo.InvariantCulture);

    /// <summary>Starts one and waits until it serves.</summary>
    private async Task<RunningProgram> Serve(string server, bool takesOver, string port = Anywhere)
    {
        RunningProgram program = await Start(server, takesOver, port);
        try
        {
            await program.Line("twistd serves on");
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    private Task<RunningProgram> Start(string server, bool takesOver, string port = Anywhere) =>
        Tool.Start(["-n", server, "-p", port, "--admin", PathTo("admin"),
            .. takesOver ? ["--takeover"] : Array.Empty<string>()]);

    private static int PortOf(RunningProgram program)
    {
        string line = program.Output.Split('\n').Single(line => line.Contains("Listening", StringComparison.Ordinal));
        int colon = line.IndexOf("127.0.0.1:", StringComparison.Ordinal);
        string digits = new([.. line[(colon + "127.0.0.1:".Length)..].TakeWhile(char.IsDigit)]);
        return int.Parse(digits, CultureInfo.InvariantCulture);
    }

    private static async Task<string> Echoed(TcpClient client, string text)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        byte[] answer = new byte[text.Length];
        await client.GetStream().ReadExactlyAsync(answer);
        return Encoding.ASCII.GetString(answer);
    }

    /// <summary>Fetches quotes at the rate, and fails with the first that is refused or cut short.</summary>
    private static async Task<int> Visit(int port, CancellationToken end)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / ConnectionsPerSecond));
        var visits = new List<Task>();
        while (!end.IsCancellationRequested && await tick.WaitForNextTickAsync(CancellationToken.None))
            visits.Add(VisitOnce(port));
        await Task.WhenAll(visits);
        return visits.Count;
    }

    private static async Task VisitOnce(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith("An apple a day", await reader.ReadToEndAsync());
    }
}
