using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>The tool as a daemon: its start, its files, its rights, its end.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class DaemonTests(ITestOutputHelper output) : IDisposable
{
    private const string Anywhere = "tcp:0:interface=127.0.0.1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daemon-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathTo(string file) => Path.Combine(_folder.FullName, file);

    [Fact]
    public async Task It_serves_when_its_starter_returns_and_tidies_up_at_its_end()
    {
        using Process daemon = await Begin();
        Assert.Equal($"{daemon.Id}\n", await File.ReadAllTextAsync(PathTo("twistd.pid")));
        await AssertEchoes(await PortFromLog());
        await End(daemon);
        Assert.False(File.Exists(PathTo("twistd.pid")));
        Assert.EndsWith("[twistd] Server Shut Down.\n", await File.ReadAllTextAsync(PathTo("twistd.log")));
    }

    [Fact]
    public async Task Only_its_owner_may_read_what_it_writes()
    {
        using Process daemon = await Begin();
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner, File.GetUnixFileMode(PathTo("twistd.log")));
        Assert.Equal(owner, File.GetUnixFileMode(PathTo("twistd.pid")));
        await End(daemon);
    }

    [Fact]
    public async Task A_second_one_in_the_same_folder_is_refused_and_the_first_lives_on()
    {
        using Process daemon = await Begin();
        await using RunningProgram second = await Tool.Start("echo", "-p", Anywhere, "-d", _folder.FullName);
        await second.Succeeds(exitCode: 1);
        Assert.StartsWith($"twistd: Another twistd server is running, PID {daemon.Id}.", second.Errors);
        await AssertEchoes(await PortFromLog());
        await End(daemon);
    }

    [Fact]
    public async Task The_pid_file_of_a_dead_process_is_taken_over()
    {
        using Process dead = Process.Start("true");
        await dead.WaitForExitAsync();
        await File.WriteAllTextAsync(PathTo("twistd.pid"), $"{dead.Id}\n");
        using Process daemon = await Begin();
        await End(daemon);
    }

    [Fact]
    public async Task A_pid_file_with_something_else_in_it_is_left_alone()
    {
        await File.WriteAllTextAsync(PathTo("twistd.pid"), "my diary");
        await using RunningProgram refused = await Tool.Start("echo", "-p", Anywhere, "-d", _folder.FullName);
        await refused.Succeeds(exitCode: 1);
        Assert.Matches(@"\Atwistd: The pid file [^\n]+ has no process id in it[^\n]+\n\z", refused.Errors);
        Assert.Equal("my diary", await File.ReadAllTextAsync(PathTo("twistd.pid")));
    }

    [Fact]
    public async Task One_that_cannot_start_says_why_to_who_started_it_and_leaves_no_pid_file()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using RunningProgram refused = await Tool.Start(
            "echo", "-p", $"tcp:{port}:interface=127.0.0.1", "-d", _folder.FullName);
        await refused.Succeeds(exitCode: 1);
        Assert.Matches($@"\Atwistd: [^\n]*{port}[^\n]*\n\z", refused.Errors);
        Assert.False(File.Exists(PathTo("twistd.pid")));
    }

    [Fact]
    public async Task The_log_is_opened_anew_for_who_has_moved_it_away_and_moved_away_on_demand()
    {
        using Process daemon = await Begin("--log-format", "json");
        File.Move(PathTo("twistd.log"), PathTo("moved.log"));
        await Signal(daemon, "HUP");
        await Until(() => File.Exists(PathTo("twistd.log")) && Log("twistd.log").Contains("Reloaded"));
        Assert.All(Log("moved.log").TrimEnd().Split('\n'), line => JsonDocument.Parse(line).Dispose());
        await Signal(daemon, "USR1");
        await Until(() => File.Exists(PathTo("twistd.log.1")));
        Assert.Contains("Reloaded", Log("twistd.log.1"));
        await End(daemon);
        Assert.Contains("Server Shut Down.", Log("twistd.log"));
    }

    [PeerFact(Peers.Root)]
    public async Task As_root_it_gives_up_its_rights_when_its_port_is_bound()
    {
        using Process daemon = await Begin("--uid", "nobody", "--gid", "nogroup");
        string status = await File.ReadAllTextAsync($"/proc/{daemon.Id}/status");
        Assert.Matches(@"\nUid:\t65534\t65534\t65534\t65534\n", status);
        Assert.Matches(@"\nGid:\t65534\t65534\t65534\t65534\n", status);
        Assert.Matches(@"\nGroups:\t65534 \n", status);
        await AssertEchoes(await PortFromLog());
        await End(daemon);
    }

    [PeerFact(Peers.Root, Peers.Setpriv)]
    public async Task Who_may_not_become_another_user_is_told_so_and_serves_nobody()
    {
        await Tool.Built;
        string tool = PathTo("twistd"); // where nobody may read it
        _folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        await using (RunningProgram copy = RunningProgram.Start("cp", "-r", "--", Tool.Folder, tool))
            await copy.Succeeds();
        await using RunningProgram refused = RunningProgram.Start(Peers.Setpriv, "--reuid=nobody", "--regid=nogroup",
            "--clear-groups", "--", Path.Combine(tool, "twistd"), "-n", "echo", "-p", Anywhere, "--uid", "daemon");
        Assert.Equal("", await refused.Succeeds(exitCode: 1));
        Assert.Matches(@"\Atwistd: [^\n]*(permitted|rights)[^\n]*\n\z", refused.Errors);
    }

    [Fact]
    public async Task A_thousand_idle_connections_do_not_hold_up_its_end()
    {
        await using RunningProgram server = await Tool.Listen("echo");
        var clients = new List<TcpClient>();
        try
        {
            for (int i = 0; i < 1000; i++)
            {
                clients.Add(new TcpClient());
                await clients[^1].ConnectAsync(IPAddress.Loopback, server.Port);
            }
            await clients[^1].GetStream().WriteAsync("x"u8.ToArray());
            Assert.Equal('x', clients[^1].GetStream().ReadByte()); // all have been accepted
            long start = Stopwatch.GetTimestamp();
            server.Terminate();
            foreach (TcpClient client in clients)
                Assert.Equal(-1, client.GetStream().ReadByte());
            foreach (TcpClient client in clients)
                client.Dispose();
            await server.Succeeds();
            // A tenth of the time that connections may take: that they were waited for would show.
            Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(3));
            output.WriteLine($"1,000 connections closed and the process gone in {Stopwatch.GetElapsedTime(start)}");
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [InlineData("--uid", "nobody-at-all", "There is no user 'nobody-at-all'.")]
    [InlineData("--gid", "no-such-group", "There is no group 'no-such-group'.")]
    [InlineData("--log-format", "xml", "xml")]
    [InlineData("--log-level", "loud", "loud")]
    [InlineData("--umask", "999", "--umask is an octal number, 0 to 777, not '999'.")]
    [InlineData("--chroot", "/", "--chroot is refused")]
    [InlineData("--drain", "-1", "--drain is a number of seconds, 0 or more, not '-1'.")]
    [InlineData("--rundir", "/no/such/folder", "/no/such/folder")]
    public async Task A_mistake_is_told_in_one_line(string option, string value, string told)
    {
        await using RunningProgram refused = await Tool.Start("-n", "echo", "-p", Anywhere, option, value);
        Assert.Equal("", await refused.Succeeds(exitCode: 1));
        Assert.Contains(told, refused.Errors);
        Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")] // a name that is no file's
    public async Task A_manager_of_services_hears_of_its_start_its_life_and_its_end(string mark)
    {
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint((mark == "" ? "" : "\0") + PathTo("notify")));
        await Tool.Built;
        await using RunningProgram server = RunningProgram.Start(["env", $"NOTIFY_SOCKET={mark}{PathTo("notify")}",
            "WATCHDOG_USEC=100000", .. Twistd("-n", "echo", "-p", Anywhere)]);
        Assert.Matches(@"\AREADY=1\nSTATUS=Serving EchoFactory on tcp:127\.0\.0\.1:\d+\nMAINPID=\d+\z",
            await Heard(manager, "READY"));
        await Heard(manager, "WATCHDOG=1");
        server.Hangup();
        Assert.Matches(@"\ARELOADING=1\nMONOTONIC_USEC=\d+\z", await Heard(manager, "RELOADING"));
        await Heard(manager, "READY=1");
        server.Terminate();
        Assert.StartsWith("STOPPING=1", await Heard(manager, "STOPPING"));
        await server.Succeeds();
    }

    [Fact]
    public async Task The_first_signal_lets_connections_finish_and_the_second_does_not()
    {
        await using RunningProgram server = await Tool.Listen("chargen");
        using var client = new TcpClient(); // does not read: the server has more to send than fits
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        byte[] some = new byte[1];
        await client.GetStream().ReadExactlyAsync(some);
        server.Terminate();
        await server.Line("Stopping: connections may take 00:00:30 to finish.");
        server.Terminate();
        await server.Line("Stopping at once");
        await server.Succeeds();
    }

    /// <summary>Starts a daemon in the folder.</summary>
    private async Task<Process> Begin(params string[] options)
    {
        await using RunningProgram starter = await Tool.Start(
            ["echo", "-p", Anywhere, "-d", _folder.FullName, .. options]);
        Assert.Equal("", await starter.Succeeds());
        Assert.Equal("", starter.Errors);
        return Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(PathTo("twistd.pid"))));
    }

    private static async Task End(Process daemon)
    {
        await Signal(daemon, "TERM");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await daemon.WaitForExitAsync(limit.Token);
    }

    private static async Task Signal(Process daemon, string signal)
    {
        using Process kill = Process.Start("kill", ["-s", signal, $"{daemon.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Looks again and again: nothing tells when a file has been written.</summary>
    private static async Task Until(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!isSo())
            await tick.WaitForNextTickAsync(limit.Token);
    }

    private string Log(string name) => File.ReadAllText(PathTo(name));

    private async Task<int> PortFromLog() =>
        int.Parse(Listening().Match(await File.ReadAllTextAsync(PathTo("twistd.log"))).Groups[1].Value);

    private static async Task AssertEchoes(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync("hello"u8.ToArray());
        byte[] answer = new byte[5];
        await client.GetStream().ReadExactlyAsync(answer);
        Assert.Equal("hello", Encoding.ASCII.GetString(answer));
    }

    /// <summary>The next message with that in it.</summary>
    private static async Task<string> Heard(Socket manager, string wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        byte[] buffer = new byte[1024];
        while (true)
        {
            int length = await manager.ReceiveAsync(buffer, limit.Token);
            string message = Encoding.UTF8.GetString(buffer, 0, length);
            if (message.Contains(wanted, StringComparison.Ordinal))
                return message;
        }
    }

    [GeneratedRegex(@"Listening on tcp:127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
