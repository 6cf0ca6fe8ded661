namespace Packages.Tests;

/// <summary>What <c>dotnet new</c> makes of the templates builds, runs and passes its own tests.</summary>
[Collection(Workspace.Name)]
public class TemplateTests(Workspace workspace)
{
    private static readonly string[] Words =
        ["_VERSION", "_NAMESPACE", "SUB_COMMAND", "TwistedServer", "TwistedProtocol", "TwistedPlugin."];

    [Fact]
    public async Task The_server_serves()
    {
        await using Server server = await workspace.Listen(
            "dotnet", workspace.PathOf("my-server/bin/Release/net10.0/my-server.dll"), "tcp:0:interface=127.0.0.1");
        Assert.Equal(
            ["Hello, I am an echo server.", "ping"], await Conversation.With(server.Port, "ping", lines: 2));
        await server.End();
    }

    [Fact]
    public async Task The_protocol_passes_its_tests_in_virtual_time()
    {
        string said = await workspace.Succeed(
            "dotnet", "test", "Pings/Pings.Tests/Pings.Tests.csproj", "-c", "Release", "--no-build", "--nologo");
        Assert.Matches(@"Failed: +0, Passed: +4, Skipped: +0", said);
    }

    [Fact]
    public async Task The_plugin_is_a_sub_command_of_the_tool()
    {
        await using Server server = await workspace.Listen(workspace.Tool(
            "-n", "welcome", "--plugins", workspace.PathOf("Greetings/bin/plugins"),
            "--port", "tcp:0:interface=127.0.0.1", "--greeting", "Good evening."));
        Assert.Equal(["Good evening.", "(closed)"], await Conversation.With(server.Port, "", lines: 2));
        await server.End();
    }

    [Fact]
    public void The_plugin_leaves_to_the_tool_what_is_the_tools() => Assert.Equal(
        ["Greetings.dll"],
        Directory.GetFiles(workspace.PathOf("Greetings/bin/plugins/Greetings"), "*.dll").Select(Path.GetFileName));

    [Fact]
    public void They_build_without_a_warning() => Assert.DoesNotContain(
        workspace.BuildLog.Split('\n'),
        line => line.Contains(": warning ", StringComparison.Ordinal)
            && !line.Contains("Echo.csproj", StringComparison.Ordinal)); // that one has a mistake on purpose

    [Fact]
    public void No_word_of_the_template_is_left() => Assert.DoesNotContain(
        from folder in new[] { "my-server", "Pings", "Greetings" }
        from file in Directory.EnumerateFiles(workspace.PathOf(folder), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".csproj" or ".md" or ".slnx" && !file.Contains("/obj/")
        select File.ReadAllText(file),
        text => Words.Any(word => text.Contains(word, StringComparison.Ordinal)));
}
