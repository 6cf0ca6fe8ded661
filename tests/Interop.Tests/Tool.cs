namespace Interop.Tests;

/// <summary>./twistd as a process.</summary>
internal static class Tool
{
    /// <summary>The tool builds itself when a source is newer: that once, and before anything is measured.</summary>
    private static readonly Lazy<Task> Once = new(Build);

    internal static Task Built => Once.Value;

    /// <summary>Where it is when it is built.</summary>
    internal static string Folder => Repository.PathOf("artifacts/bin/Twistd/release");

    /// <summary>Starts it.</summary>
    internal static async Task<RunningProgram> Start(params string[] arguments)
    {
        await Built;
        return RunningProgram.Start(Twistd(arguments));
    }

    /// <summary>Starts one of its servers on a free port, or where else it is told to.</summary>
    internal static async Task<RunningProgram> Listen(
        string server, string endpoint = "tcp:0:interface=127.0.0.1", params string[] options)
    {
        await Built;
        return await RunningProgram.Listen(Twistd(["-n", server, "--port", endpoint, .. options]));
    }

    /// <summary>A client of an echo, such as socat: what it sends comes back.</summary>
    internal static async Task AssertEchoes(RunningProgram client)
    {
        await client.Send("hello\n");
        Assert.Equal("hello", await client.Line(_ => true));
    }

    private static async Task Build()
    {
        await using RunningProgram tool = RunningProgram.Start(Twistd("--help"));
        tool.Deadline = TimeSpan.FromMinutes(5);
        await tool.Succeeds();
    }
}
