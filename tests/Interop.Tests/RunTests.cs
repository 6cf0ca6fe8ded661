using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Interop.Tests;

/// <summary>An application that is a C# file: <c>twistd run</c>.</summary>
[SupportedOSPlatform("linux")]
public sealed class RunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("run-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_sample_is_built_and_runs_with_the_options_of_the_tool_and_its_own()
    {
        await using RunningProgram server = await Tool.Start("-n", "run",
            Path.Combine(Root, "samples", "x_application.cs"), "--drain", "7", "--", "tcp:0:interface=127.0.0.1");
        int port = await server.NextPort();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync("x"u8.ToArray());
        Assert.Equal('x', client.GetStream().ReadByte());
        await server.Line("[application] Here");
        server.Terminate();
        await server.Line("connections may take 00:00:07 to finish");
        await server.Succeeds();
    }

    [Theory]
    [InlineData("oops", @"app\.cs does not build: [^\n]*app\.cs\(1,\d+\): error CS[^\n]+")]
    [InlineData("return 3;", @"app\.cs is no application: it ended with exit code 3 [^\n]+")]
    [InlineData("throw new InvalidOperationException(\"no luck\");",
        @"app\.cs failed: InvalidOperationException: no luck")]
    public async Task What_is_no_application_is_told_in_one_line(string text, string told)
    {
        string file = Path.Combine(_folder.FullName, "app.cs");
        await File.WriteAllTextAsync(file, text + "\n");
        await using RunningProgram refused = await Tool.Start("-n", "run", file);
        Assert.Equal("", await refused.Succeeds(exitCode: 1));
        Assert.Matches($@"\Atwistd: {Regex.Escape(_folder.FullName)}/{told}\n\z", refused.Errors);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        await using RunningProgram refused = await Tool.Start("-n", "run", "nothing.cs");
        await refused.Succeeds(exitCode: 1);
        Assert.Equal("twistd: There is no file nothing.cs.\n", refused.Errors);
    }
}
