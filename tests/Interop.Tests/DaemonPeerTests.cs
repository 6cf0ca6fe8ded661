using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Interop.Tests;

/// <summary>Twisted's twistd and ours, side by side: pid file, signal, exit codes.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class DaemonPeerTests : IDisposable
{
    private const string Real = "/usr/bin/twistd3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daemons-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string PidFile => Path.Combine(_folder.FullName, "twistd.pid");

    private string LogFile => Path.Combine(_folder.FullName, "twistd.log");

    [PeerTheory(Peers.Twisted)]
    [InlineData("real")]
    [InlineData("ours")]
    public async Task A_daemon_lives_by_the_same_rules(string which)
    {
        await Succeeds(which);
        await Answers(await File.ReadAllTextAsync(LogFile));
        using Process daemon = Process.GetProcessById(PidInFile());

        (int code, string told) = await Start(which);
        Assert.Equal(1, code);
        Assert.Contains($"Another twistd server is running, PID {daemon.Id}", told);
        Assert.Equal(daemon.Id, PidInFile());

        using (Process kill = Process.Start("kill", [$"{daemon.Id}"]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await daemon.WaitForExitAsync(limit.Token);
        Assert.False(File.Exists(PidFile));
        string log = await File.ReadAllTextAsync(LogFile);
        Assert.EndsWith("Server Shut Down.\n", log);
    }

    [PeerTheory(Peers.Twisted)]
    [InlineData("real")]
    [InlineData("ours")]
    public async Task A_pid_file_of_a_dead_process_does_not_keep_a_daemon_from_starting(string which)
    {
        using Process dead = Process.Start("true");
        await dead.WaitForExitAsync();
        await File.WriteAllTextAsync(PidFile, $"{dead.Id}");
        await Succeeds(which);
        await Answers(await File.ReadAllTextAsync(LogFile));
        using Process daemon = Process.GetProcessById(PidInFile());
        Assert.NotEqual(dead.Id, daemon.Id);
        using (Process kill = Process.Start("kill", [$"{daemon.Id}"]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await daemon.WaitForExitAsync(limit.Token);
    }

    [PeerTheory(Peers.Twisted)]
    [InlineData("real")]
    [InlineData("ours")]
    public async Task Something_else_in_the_pid_file_is_an_error_and_stays(string which)
    {
        await File.WriteAllTextAsync(PidFile, "my diary");
        (int code, string told) = await Start(which);
        Assert.Equal(1, code);
        Assert.NotEqual("", told);
        Assert.Equal("my diary", await File.ReadAllTextAsync(PidFile));
    }

    [PeerTheory(Peers.Twisted)]
    [InlineData("real")]
    [InlineData("ours")]
    public async Task In_the_foreground_it_ends_cleanly_when_it_is_told_to(string which)
    {
        await Tool.Built;
        await using RunningProgram server = RunningProgram.Start(
            [.. Command(which), "-n", "--pidfile", PidFile, .. Server(which)]);
        await Answers(await server.Line(line => StartingOn().IsMatch(line)));
        server.Terminate();
        // The original ends itself by the signal that it was sent; for ours that was an order, and it was carried out.
        Assert.EndsWith("Server Shut Down.\n", await server.Succeeds(exitCode: which == "real" ? 128 + 15 : 0));
        Assert.False(File.Exists(PidFile));
    }

    /// <summary>
    /// Waits until it serves: the original tells its port before its reactor runs, and a signal before that only kills.
    /// </summary>
    private static async Task Answers(string log)
    {
        using var client = new TcpClient();
        int port = int.Parse(StartingOn().Match(log).Groups[1].Value, CultureInfo.InvariantCulture);
        await client.ConnectAsync(IPAddress.Loopback, port);
        using NetworkStream stream = client.GetStream();
        await stream.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.NotEqual(0, await stream.ReadAsync(new byte[1], limit.Token));
    }

    [GeneratedRegex(@"tarting on (?:127\.0\.0\.1:)?(\d+)")]
    private static partial Regex StartingOn();

    private int PidInFile() => int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture);

    private static string[] Command(string which) => which == "real" ? [Real] : [Twistd()[0]];

    /// <summary>A server of the one that the other has not: Twisted brings no echo along.</summary>
    private static string[] Server(string which) => which == "real"
        ? ["web", "--listen", "tcp:0:interface=127.0.0.1"]
        : ["echo", "--port", "tcp:0:interface=127.0.0.1"];

    private async Task Succeeds(string which)
    {
        (int code, string told) = await Start(which);
        Assert.True(code == 0, $"Exit code {code}: {told}");
    }

    private async Task<(int Code, string Told)> Start(string which)
    {
        await Tool.Built;
        await using RunningProgram starter = RunningProgram.Start(
            [.. Command(which), "--rundir", _folder.FullName, "--pidfile", PidFile,
            "--logfile", LogFile, .. Server(which)]);
        int code = await starter.Exit();
        return (code, starter.Output + starter.Errors);
    }
}
