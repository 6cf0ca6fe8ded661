namespace Packages.Tests;

/// <summary>The packages in a new program, and the tool, from the folder that they were packed into.</summary>
[Collection(Workspace.Name)]
public class InstallTests(Workspace workspace)
{
    private const string Anywhere = "tcp:0:interface=127.0.0.1";

    [Fact]
    public async Task A_new_program_with_one_package_serves()
    {
        await using Server server =
            await workspace.Listen("dotnet", workspace.PathOf("Echo/bin/Release/net10.0/Echo.dll"));
        Assert.Equal(["hello"], await Conversation.With(server.Port, "hello", lines: 1));
        await server.End();
    }

    [Fact]
    public void The_rules_of_the_reactor_come_with_it() =>
        Assert.Contains("warning TW0001", workspace.BuildLog, StringComparison.Ordinal);

    [Fact]
    public async Task The_tool_serves()
    {
        await using Server server = await workspace.Listen(workspace.Tool("-n", "echo", "--port", Anywhere));
        Assert.Equal(["hello"], await Conversation.With(server.Port, "hello", lines: 1));
        await server.End();
    }

    [Fact]
    public async Task The_tool_says_its_version() => Assert.Contains(
        Feed.Version, await workspace.Succeed(workspace.Tool("--version")), StringComparison.Ordinal);

    [Fact]
    public async Task The_tool_runs_an_application_of_one_file_that_names_packages()
    {
        workspace.Write("application/app.cs", $"""
            #:package Twisted.Application@{Feed.Version}
            #:package Twisted.Protocols@{Feed.Version}
            using Twisted.Application;
            using Twisted.Application.Plugins;
            using Twisted.Protocols.Wire;

            return TwistdApplication.Of(application => application.Serve(args[0], Factory.For(() => new Echo())));
            """);
        await using Server server = await workspace.Listen(
            workspace.Tool("-n", "run", workspace.PathOf("application/app.cs"), "--", Anywhere));
        Assert.Equal(["hello"], await Conversation.With(server.Port, "hello", lines: 1));
        await server.End();
    }
}
