using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Interop.Tests;

/// <summary>The tool with plugins: found, run, isolated, or told why not.</summary>
public sealed class PluginTests : IDisposable
{
    private const string Anywhere = "tcp:0:interface=127.0.0.1";

    /// <summary>Samples.proj has built them.</summary>
    private static readonly string Built = PathOf("artifacts/samples/plugins");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plugins-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_plugin_adds_its_sub_command_and_serves()
    {
        await Tool.Built;
        await using RunningProgram server = await RunningProgram.Listen(Twistd(
            "-n", "chat", "-p", Anywhere, "--greeting", "echo", "--plugins", Built));
        using TcpClient one = await Enter(server.Port);
        using TcpClient other = await Enter(server.Port);
        await one.GetStream().WriteAsync("hello\r\n"u8.ToArray());
        Assert.Equal("hello\r\n", await Read(other, 7));
        server.Terminate();
        await server.Succeeds();
    }

    [Fact]
    public async Task A_folder_of_the_environment_is_looked_into_and_a_daemon_knows_it_too()
    {
        await Tool.Built;
        await using RunningProgram starter = RunningProgram.Start(["env", $"TWISTD_PLUGINS=/no/such/folder:{Built}",
            .. Twistd("chat", "-p", Anywhere, "-d", _folder.FullName)]);
        await starter.Succeeds();
        Assert.Equal("twistd: TWISTD_PLUGINS: there is no folder /no/such/folder.\n", starter.Errors);
        string id = (await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "twistd.pid"))).TrimEnd();
        await using RunningProgram kill = await RunningProgram.Run("kill", id);
        await using RunningProgram gone = await RunningProgram.Run("tail", $"--pid={id}", "-f", "/dev/null");
        Assert.Contains("(ChatFactory)",
            await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "twistd.log")));
    }

    [Fact]
    public async Task Help_lists_the_sub_command_and_the_sub_commands_help_its_options()
    {
        await using RunningProgram all = await Tool.Start("--help", "--plugins", Built);
        Assert.Matches(@"\n  chat +Tell everybody what one says, a line at a time\.\n", await all.Succeeds());
        Assert.Equal("", all.Errors);
        await using RunningProgram own = await Tool.Start("chat", "--help", "--plugins", Built);
        Assert.Matches(@"--idle <SECONDS> .*\[default: 600\]", await own.Succeeds());
    }

    [Theory]
    [InlineData("--idle is a number of seconds, 0 or more, not 'soon'.", "--idle", "soon")]
    [InlineData("--idle has to be more than 0 seconds.", "--idle", "0")]
    [InlineData("--colour", "--colour", "green")]
    public async Task A_mistake_in_a_plugins_options_is_told_in_one_line(string told, params string[] options)
    {
        await using RunningProgram refused = await Tool.Start(
            ["-n", "chat", "-p", Anywhere, "--plugins", Built, .. options]);
        Assert.Equal("", await refused.Succeeds(exitCode: 1));
        Assert.Matches(@"\Atwistd: [^\n]+\n\z", refused.Errors);
        Assert.Contains(told, refused.Errors);
    }

    [Fact]
    public async Task A_broken_plugin_is_told_and_skipped_and_does_not_concern_who_asks_for_another()
    {
        string broken = Path.Combine(_folder.FullName, "broken.dll");
        await File.WriteAllTextAsync(broken, "my diary");
        string[] folders = ["--plugins", _folder.FullName, "--plugins", Built];
        await using RunningProgram help = await Tool.Start(["--help", .. folders]);
        Assert.Contains("chat", await help.Succeeds());
        Assert.Matches($@"\Atwistd: The plugin {broken} is skipped: [^\n]+\n\z", help.Errors);
        await Tool.Built;
        await using RunningProgram chat = await RunningProgram.Listen(
            Twistd(["-n", "chat", "-p", Anywhere, .. folders]));
        Assert.Matches($@"\Atwistd: The plugin {broken} is skipped: [^\n]+\n\z", chat.Errors);
        await using RunningProgram echo = await RunningProgram.Listen(
            Twistd(["-n", "echo", "-p", Anywhere, .. folders]));
        Assert.Equal("", echo.Errors);
    }

    [Fact]
    public async Task One_that_cannot_be_loaded_is_told_with_exit_code_1_when_it_is_asked_for()
    {
        string path = Path.Combine(_folder.FullName, "Lonely.dll");
        byte[] chat = await File.ReadAllBytesAsync(Path.Combine(Built, "Chat/Chat.dll"));
        int name = chat.AsSpan().IndexOf("ChatMaker"u8);
        int reference = chat.AsSpan(name + 1).IndexOf("\tChatMaker"u8) + name + 2; // as the attribute has it
        "GoneMaker"u8.CopyTo(chat.AsSpan(reference));
        await File.WriteAllBytesAsync(path, chat);
        await using RunningProgram refused = await Tool.Start("-n", "chat", "--plugins", _folder.FullName);
        Assert.Equal("", await refused.Succeeds(exitCode: 1));
        Assert.Matches($@"\Atwistd: The plugin {path} cannot be loaded: TypeLoadException: [^\n]+\n\z",
            refused.Errors);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_and_a_plugin_that_is_not_there_are_told()
    {
        await using RunningProgram folder = await Tool.Start("-n", "chat", "--plugins", "/no/such/folder");
        await folder.Succeeds(exitCode: 1);
        Assert.Contains("--plugins: there is no folder /no/such/folder.", folder.Errors);
        await using RunningProgram plugin = await Tool.Start("-n", "talk", "--plugins", Built);
        await plugin.Succeeds(exitCode: 1);
        Assert.Matches(@"\Atwistd: [^\n]*'talk'[^\n]*\n\z", plugin.Errors);
    }

    private static async Task<TcpClient> Enter(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        Assert.Equal("echo\r\n", await Read(client, 6));
        return client;
    }

    private static async Task<string> Read(TcpClient client, int length)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        byte[] bytes = new byte[length];
        await client.GetStream().ReadExactlyAsync(bytes, limit.Token);
        return Encoding.UTF8.GetString(bytes);
    }
}
