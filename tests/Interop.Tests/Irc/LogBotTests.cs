using System.Globalization;

namespace Interop.Tests.Irc;

/// <summary><c>twistd irclog</c> with a server that others use, which ends, is killed and comes back.</summary>
public sealed class LogBotTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("log-bot-");
    private readonly List<RunningProgram> _programs = [];
    private IrcServer? _server;

    private string Log => PathTo("tea.log");

    public Task InitializeAsync() => Tool.Built;

    /// <summary>xunit 2 calls this one; it does not know IAsyncDisposable.</summary>
    public async Task DisposeAsync()
    {
        foreach (RunningProgram program in _programs)
            await program.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [PeerFact(Peers.Ngircd)]
    public async Task It_writes_and_answers_and_a_stop_says_goodbye()
    {
        await StartServer();
        RunningProgram bot = await StartBot();
        await Written("[I have joined #tea]");
        using (Guest guest = await Guest.Join(_server!.Port))
        {
            await guest.Say("PRIVMSG #tea :good \u001b[2J morning");
            await guest.Say("PRIVMSG #tea :\u0001ACTION pours\u0001");
            await guest.Say("PRIVMSG logger :psst");
            await guest.Hears("PRIVMSG guest :It isn't nice to whisper!  Play nice with the group.");
            await guest.Say("PRIVMSG #tea :Logger: hello");
            await guest.Hears("PRIVMSG #tea :guest: I am a log bot");
            await guest.Say("NICK visitor");
            await Written("guest is now known as visitor");
            bot.Terminate();
            await guest.Hears("QUIT :");
            await bot.Succeeds();
        }
        string[] lines = [.. File.ReadLines(Log).Select(line => line[11..])];
        Assert.StartsWith("[connected at ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["[I have joined #tea]", "<guest> good \uFFFD[2J morning", "* guest pours", "<guest> psst",
            "<guest> Logger: hello", "<logger> guest: I am a log bot", "guest is now known as visitor"], lines[1..^1]);
        Assert.StartsWith("[disconnected at ", lines[^1], StringComparison.Ordinal);
    }

    [PeerTheory(Peers.Ngircd)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_server_has_ended_or_was_killed_it_is_back_and_the_log_tells_the_outage(bool isKilled)
    {
        IrcServer server = await StartServer();
        await StartBot();
        await Written("[I have joined #tea]");
        await Talk("before");
        if (isKilled)
            await server.Kill();
        else
            await server.End();
        await Written("[disconnected at ");
        await server.Restart();
        await Written("[I have joined #tea]", times: 2);
        await Talk("after");
        IEnumerable<string> kinds = File.ReadLines(Log).Select(line => line[11..].Split(" at ")[0]);
        Assert.Equal(["[connected", "[I have joined #tea]", .. Said("before"), "[disconnected",
            "[connected", "[I have joined #tea]", .. Said("after")], kinds);
    }

    [PeerTheory(Peers.Ngircd)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_the_file_was_moved_a_new_one_has_the_rest(bool isTold)
    {
        await StartServer();
        RunningProgram bot = await StartBot();
        await Written("[I have joined #tea]");
        await Talk("before");
        File.Move(Log, Log + ".1");
        if (isTold)
        {
            bot.Hangup();
            await bot.Line("Reloaded");
            Assert.Equal("", File.ReadAllText(Log));
        }
        await Talk("after"); // ten lines take longer than the second after which it looks
        string[] old = [.. File.ReadLines(Log + ".1").Select(line => line[11..]).Where(IsSaid)];
        string[] rest = [.. File.ReadLines(Log).Select(line => line[11..]).Where(IsSaid)];
        Assert.Equal([.. Said("before"), .. Said("after")], [.. old, .. rest]);
        Assert.DoesNotContain("<guest> before 9", rest);
    }

    [PeerFact(Peers.Ngircd, Peers.Root, "unshare")]
    public async Task While_the_disk_is_full_it_stays_and_then_it_writes_what_was_said()
    {
        await StartServer();
        string disk = _folder.CreateSubdirectory("disk").FullName;
        string free = PathTo("free"); // when it is there the disk gets room
        // A file system of its own, with a little room, which a child of the same namespace gives more.
        RunningProgram bot = Started(["unshare", "-m", "bash", "-c", $"""
            mount -t tmpfs -o size=16k none {disk}
            echo "[00:00:00] old" > {disk}/tea.log
            head -c 1000000 /dev/zero > {disk}/filler 2> /dev/null
            (until [ -e {free} ]; do sleep 0.1; done; rm {disk}/filler
             until grep -q "<guest> on 9" {disk}/tea.log; do sleep 0.1; done; cat {disk}/tea.log > {Log}) &
            exec "$@"
            """, "bash", .. Twistd(Arguments($"{disk}/tea.log"))]);
        using (Guest guest = await Guest.Join(_server!.Port))
        {
            await guest.HearsOf("logger");
            string text = new('x', 400);
            for (int i = 0; i < 20; i++) // more than what is left of the page
                await guest.Say($"PRIVMSG #tea :{i} {text}");
            await bot.Line("The disk refuses");
            await guest.Say("PRIVMSG #tea :logger: are you there?");
            await guest.Hears("PRIVMSG #tea :guest: I am a log bot");
            File.WriteAllText(free, "");
            await bot.Line("takes");
            for (int i = 0; i < 10; i++)
                await guest.Say($"PRIVMSG #tea :on {i}");
            await Written("<guest> on 9");
            string[] lines = [.. File.ReadLines(Log).Select(line => line[11..])];
            Assert.Equal("old", lines[0]);
            Assert.Equal([.. Enumerable.Range(0, 20).Select(i => $"<guest> {i} {text}"),
                "<guest> logger: are you there?", "<logger> guest: I am a log bot", .. Said("on")],
                lines.SkipWhile(line => !line.StartsWith("<guest> 0", StringComparison.Ordinal)));
        }
        bot.Terminate();
        await bot.Succeeds();
    }

    [Theory]
    [InlineData("#tea", "missing/tea.log", "Could not find a part of the path")]
    [InlineData("#tea #coffee", "tea.log", "is no channel")]
    public async Task What_cannot_be_is_told_in_one_line(string channel, string file, string reason)
    {
        RunningProgram bot = Started(Twistd("-n", "irclog", "--server", "tcp:127.0.0.1:9", "--channel", channel,
            "--file", PathTo(file)));
        await bot.Succeeds(exitCode: 1);
        Assert.Contains(reason, Assert.Single(bot.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_server_of_its_own_it_can_be_tried_out()
    {
        RunningProgram demo = Started(
            Twistd("-n", "irclog", "--demo", "--channel", "#tea", "--nick", "logger", "--file", Log));
        string told = await demo.Line("irssi -c 127.0.0.1 -p ");
        Assert.Contains("-n you, then /join #tea; what is said there is in " + Log, told, StringComparison.Ordinal);
        int port = int.Parse(told.Split(" -p ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        using (Guest guest = await Guest.Join(port))
        {
            await guest.HearsOf("logger");
            await guest.Say("PRIVMSG logger :psst");
            await guest.Hears("PRIVMSG guest :It isn't nice to whisper!  Play nice with the group.");
        }
        demo.Terminate();
        await demo.Succeeds();
        Assert.Contains("<guest> psst\n", File.ReadAllText(Log), StringComparison.Ordinal);
        Assert.Contains("[disconnected at ", File.ReadLines(Log).Last(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Said(string word) => Enumerable.Range(0, 10).Select(i => $"<guest> {word} {i}");

    private static bool IsSaid(string line) => line.StartsWith("<guest> ", StringComparison.Ordinal);

    private string PathTo(string name) => Path.Combine(_folder.FullName, name);

    private string[] Arguments(string file) =>
        ["-n", "irclog", "--server", $"tcp:127.0.0.1:{_server!.Port}", "--channel", "#tea", "--file", file,
            "--nick", "logger", "--reconnect-delay", "0.5"];

    private RunningProgram Started(string[] command)
    {
        RunningProgram program = RunningProgram.Start(command);
        _programs.Add(program);
        return program;
    }

    private async Task<IrcServer> StartServer() => _server = await IrcServer.Ngircd(isThrottling: true);

    private async Task<RunningProgram> StartBot()
    {
        RunningProgram bot = Started(Twistd(Arguments(Log)));
        await bot.Line("twistd serves");
        return bot;
    }

    private async Task Talk(string word)
    {
        using Guest guest = await Guest.Join(_server!.Port);
        for (int i = 0; i < 10; i++)
            await guest.Say($"PRIVMSG #tea :{word} {i}"); // the server takes about three in a second
        await Written($"<guest> {word} 9");
    }

    /// <summary>Waits until a text is in the log.</summary>
    private async Task Written(string text, int times = 1)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20)); // nobody tells when that is
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(Log) || File.ReadAllText(Log).Split(text).Length <= times)
            await again.WaitForNextTickAsync(deadline.Token);
    }
}
