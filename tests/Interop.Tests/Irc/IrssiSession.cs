using System.Globalization;

namespace Interop.Tests.Irc;

/// <summary>irssi in a terminal of its own: a person with a keyboard and a screen.</summary>
/// <remarks>tmux in control mode prints a line when the screen has changed; then the screen is looked at.</remarks>
internal sealed class IrssiSession : IAsyncDisposable
{
    private const string Configuration = """
        settings = {
          core = { real_name = "A Person"; user_name = "person"; settings_autosave = "no"; };
          "irc/core" = { cmd_queue_speed = "1msec"; cmds_max_at_once = "100"; };
        };
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // for what does not come

    private readonly DirectoryInfo _folder;
    private readonly RunningProgram _terminal;

    private IrssiSession(DirectoryInfo folder, RunningProgram terminal) => (_folder, _terminal) = (folder, terminal);

    private static string Socket(DirectoryInfo folder) => Path.Combine(folder.FullName, "tmux");

    /// <summary>Starts it, for a server on this machine, or for none yet.</summary>
    internal static async Task<IrssiSession> Start(string nick, int? port = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("irssi-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config"), Configuration);
        string server = port is null ? "" : string.Create(CultureInfo.InvariantCulture, $" -c 127.0.0.1 -p {port}");
        var session = new IrssiSession(folder, RunningProgram.Start(
            "env", "-u", "TMUX", "LC_ALL=C.UTF-8", "tmux", "-u", "-S", Socket(folder), "-f", "/dev/null", "-C",
            "new-session", $"irssi --home={folder.FullName}{server} -n {nick}"));
        session._terminal.Deadline = Patience;
        await session.Command("refresh-client -C 200x50"); // wide: what is looked for stands in one line
        return session;
    }

    /// <summary>Types a line, and then the enter key.</summary>
    internal async Task Type(string line)
    {
        await Command($"send-keys -l -- '{line.Replace("'", @"'\''", StringComparison.Ordinal)}'");
        await Command("send-keys Enter");
    }

    /// <summary>Waits until the screen has a text.</summary>
    internal async Task Shows(string text)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            string screen = string.Join('\n', await Command("capture-pane -p"));
            if (screen.Contains(text, StringComparison.Ordinal))
                return;
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"The screen never had '{text}':\n{screen}");
            await _terminal.Line(line => line.StartsWith("%output ", StringComparison.Ordinal));
        }
    }

    /// <summary>Waits until it has ended by itself.</summary>
    internal Task Ends() => _terminal.Succeeds();

    public async ValueTask DisposeAsync()
    {
        await using (RunningProgram end = await RunningProgram.Run("tmux", "-S", Socket(_folder), "kill-server"))
            await _terminal.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>What tmux answers; such answers stand between two marks that end in a one.</summary>
    private async Task<List<string>> Command(string command)
    {
        await _terminal.Send(command + "\n");
        await _terminal.Line(line => IsMark(line, "%begin "));
        var answer = new List<string>();
        while (await _terminal.Line(_ => true) is { } line && !IsMark(line, "%end "))
        {
            answer.Add(line);
            if (IsMark(line, "%error "))
                throw new InvalidOperationException($"tmux: {command}: {string.Join('\n', answer)}");
        }
        return answer;
    }

    private static bool IsMark(string line, string kind) =>
        line.StartsWith(kind, StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal);
}
