using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Interop.Tests;

/// <summary>Options that come from a file and from the environment.</summary>
[SupportedOSPlatform("linux")]
public sealed class ConfigurationTests : IDisposable
{
    private const string Echo = """ "Echo": { "Port": "tcp:0:interface=127.0.0.1" } """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("configured-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_the_file_says_is_under_what_the_environment_says_and_that_under_the_command_line()
    {
        Write($$"""{ "LogFormat": "logfmt", "Drain": 11, "MaxConnections": 3, {{Echo}} }""");
        await using RunningProgram server = await Start(["TWISTD_DRAIN=12", "TWISTD_LOGFORMAT=json"],
            "-n", "echo", "--log-format", "text");
        await server.Line("Listening on tcp:127.0.0.1:");
        await server.Line("twistd serves on");
        server.Terminate();
        await server.Line("Stopping: connections may take 00:00:12 to finish");
        await server.Succeeds();
        Assert.StartsWith("20", server.Output); // text: a line begins with its time
    }

    [Fact]
    public async Task The_usual_file_is_the_one_in_the_folder_that_it_is_started_in()
    {
        Write($$"""{ "LogFormat": "json", {{Echo}} }""", "twistd.json");
        await Tool.Built;
        await using RunningProgram server = RunningProgram.Start(_folder.FullName, Twistd("-n", "echo"));
        await server.Line("twistd serves on");
        Assert.StartsWith("{", server.Output);
    }

    [Theory]
    [InlineData("""{ "Drain": 3 5 }""", @"FILE:1:14: '5' is invalid after a value\.[^\n]*")]
    [InlineData("{\n  \"Drain\": \"soon\"\n}",
        @"FILE:2:3: --drain is a number of seconds, 0 or more, not 'soon'\.")]
    [InlineData("{\n  \"Echo\": {\n    \"Prot\": 1 } }", @"FILE:3:5: 'Prot' is no option of echo; there are Port\.")]
    [InlineData("{ \"Drian\": 3 }", @"FILE:1:3: 'Drian' is no option; there are [^\n]*Drain[^\n]*")]
    [InlineData("[ 1 ]", @"FILE: [^\n]+")]
    [InlineData("", @"FILE:1:1: [^\n]+")]
    public async Task A_mistake_is_told_with_its_place(string json, string told)
    {
        string file = Write(json);
        await using RunningProgram refused = await Start([], "-n", "echo");
        Assert.Equal("", await refused.Succeeds(exitCode: 1));
        Assert.Matches($@"\Atwistd: {told.Replace("FILE", Regex.Escape(file))}\n\z", refused.Errors);
    }

    [Fact]
    public async Task A_mistake_of_the_environment_names_the_variable()
    {
        await Tool.Built;
        await using RunningProgram refused = RunningProgram.Start(
            ["env", "TWISTD_MAXCONNECTIONS=many", .. Twistd("-n", "echo")]);
        await refused.Succeeds(exitCode: 1);
        Assert.StartsWith("twistd: TWISTD_MAXCONNECTIONS: --max-connections is a number", refused.Errors);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        await using RunningProgram refused = await Start([], "-n", "echo");
        await refused.Succeeds(exitCode: 1);
        Assert.Matches(@"\Atwistd: The configuration [^\n]+ cannot be read: [^\n]+\n\z", refused.Errors);
    }

    [Fact]
    public async Task A_hangup_puts_the_new_level_of_the_log_in_force_and_tells_what_needs_a_restart()
    {
        Write($$"""{ "LogLevel": "information", {{Echo}} }""");
        await using RunningProgram server = await Start([], "-n", "echo");
        await server.Line("twistd serves on");
        Write($$"""{ "LogLevel": "error", "Drain": 3, {{Echo}} }""");
        server.Hangup();
        await server.Line("Reloaded"); // the level falls, and with it this line would: it is told before
        Write("{ not json");
        server.Hangup();
        await server.Line("Not reloaded");
        server.Terminate();
        await server.Succeeds();
        Assert.DoesNotContain("Server Shut Down", server.Output);
    }

    private string Write(string json, string name = "my.json")
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, json);
        return path;
    }

    private async Task<RunningProgram> Start(string[] variables, params string[] arguments)
    {
        await Tool.Built;
        return RunningProgram.Start(["env", .. variables,
            .. Twistd([.. arguments, "--config", Path.Combine(_folder.FullName, "my.json")])]);
    }
}
