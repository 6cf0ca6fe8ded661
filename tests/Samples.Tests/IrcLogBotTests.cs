using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Samples.Tests;

/// <summary>E10: the tutorial's bot, as a file and as a project.</summary>
public sealed partial class IrcLogBotTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("irc-log-bot-");
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public IrcLogBotTests() => _server.Start();

    private string Log => Path.Combine(_folder.FullName, "log.txt");

    private string Port => $"{((IPEndPoint)_server.LocalEndpoint).Port}";

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_writes_what_is_said_comes_back_at_once_after_a_loss_and_ends_after_a_failure()
    {
        await using RunningProgram bot = RunningProgram.Start(Sample("e10_irc_log_bot", "#x", Log, "127.0.0.1", Port));
        await Meet(
            ":ann!a@h PRIVMSG #x :hello\r\n:ann!a@h PRIVMSG #x :\u0001ACTION waves\u0001\r\n:ann!a@h NICK bob\r\n");
        await Meet(isLast: true);
        Assert.Contains("connection failed: Connection was refused by other side", await bot.Succeeds(),
            StringComparison.Ordinal);
        Assert.Equal(
            ["[connected at", "[I have joined #x]", "<ann> hello", "* ann waves", "ann is now known as bob",
                "<ann> psst", "<ann> twistedbot: hi", "<twistedbot> ann: I am a log bot", "[disconnected at",
                "[connected at", "[I have joined #x]", "<ann> psst", "<ann> twistedbot: hi",
                "<twistedbot> ann: I am a log bot", "[disconnected at"],
            File.ReadLines(Log).Select(line => Date().Replace(line[11..], "")));
    }

    [Fact]
    public async Task The_project_is_the_same_program()
    {
        string program = PathOf("artifacts/bin/IrcLogBot/release/IrcLogBot.dll");
        await using RunningProgram bot = RunningProgram.Start("dotnet", program, "#x", Log, "127.0.0.1", Port);
        await Meet(isLast: true);
        await bot.Succeeds();
        Assert.Contains("[I have joined #x]", File.ReadAllText(Log), StringComparison.Ordinal);
    }

    /// <summary>The server's part of a connection: it ends when the bot has given both of its answers.</summary>
    private async Task Meet(string said = "", bool isLast = false)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using TcpClient client = await _server.AcceptTcpClientAsync(deadline.Token);
        if (isLast)
            _server.Stop();
        using var reader = new StreamReader(client.GetStream());
        await Hear("USER ");
        await Say(":irc 001 twistedbot :Welcome\r\n");
        await Hear("JOIN #x");
        await Say($":twistedbot!t@h JOIN #x\r\n{said}:ann!a@h PRIVMSG twistedbot :psst\r\n"
            + ":ann!a@h PRIVMSG #x :twistedbot: hi\r\n");
        await Hear("PRIVMSG ann :It isn't nice to whisper!  Play nice with the group.");
        await Hear("PRIVMSG #x :ann: I am a log bot");

        async Task Hear(string line)
        {
            while (!(await reader.ReadLineAsync(deadline.Token) ?? throw new IOException($"It did not say {line}"))
                .StartsWith(line, StringComparison.Ordinal))
            { }
        }

        async Task Say(string text) => await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    [GeneratedRegex(@"(?<=connected at) .*")]
    private static partial Regex Date();
}
