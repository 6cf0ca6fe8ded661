namespace Interop.Tests;

/// <summary>What the tool says when it cannot do what it is asked.</summary>
public class CommandLineTests
{
    private static readonly string[] Servers =
        ["echo", "discard", "chargen", "qotd", "daytime", "time", "who", "finger"];

    [Theory]
    [InlineData("unknown-command")]
    [InlineData("")]
    [InlineData("echo", "--unknown-option")]
    [InlineData("echo", "--port")]
    [InlineData("echo", "--port", "nonsense")]
    [InlineData("echo", "--port", "tcp:many")]
    [InlineData("echo", "--port", "tcp:0:interface=127.0.0.1:colour=green")]
    [InlineData("echo", "--port", "tcp:70000:interface=127.0.0.1")]
    [InlineData("--reactor", "unknown", "echo")]
    [InlineData("echo", "--reactor", "unknown", "--port", "tcp:0:interface=127.0.0.1")]
    public Task A_mistake_is_told_in_one_line(params string[] arguments) =>
        SaysOneLine([.. arguments.Where(argument => argument.Length > 0)]);

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        await using RunningProgram server = await Tool.Listen("echo");
        Assert.Contains($"{server.Port}", await SaysOneLine("qotd", "-p", $"tcp:{server.Port}:interface=127.0.0.1"));
    }

    [Fact]
    public async Task Help_lists_every_server_in_a_line_of_its_own()
    {
        await using RunningProgram tool = await Tool.Start("--help");
        string[] lines = (await tool.Succeeds()).Split('\n');
        Assert.All(Servers, server => Assert.Single(lines, line => line.TrimStart().Split(' ')[0] == server));
        Assert.Equal("", tool.Errors);
    }

    [Fact]
    public async Task The_log_names_the_server_and_its_port()
    {
        await using RunningProgram tool = await Tool.Start("-n", "qotd", "-p", "tcp:0:interface=127.0.0.1");
        Assert.Matches(@"Listening on tcp:127\.0\.0\.1:\d+ \(QotdFactory\)", await tool.Line("Listening"));
    }

    private static async Task<string> SaysOneLine(params string[] arguments)
    {
        await using RunningProgram tool = await Tool.Start(arguments);
        Assert.Equal("", await tool.Succeeds(exitCode: 1));
        Assert.Matches(@"\Atwistd: [^\n]+\n\z", tool.Errors);
        return tool.Errors;
    }
}
