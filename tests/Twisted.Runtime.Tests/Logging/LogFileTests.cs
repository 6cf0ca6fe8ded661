using System.Text;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Tests;

public sealed class LogFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("logfile-").FullName;
    private readonly SetClock _clock = new();

    private string Name => Path.Combine(_folder, "server.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Events_are_appended_at_once_in_the_format()
    {
        File.WriteAllText(Name, "old\n");
        using var file = new LogFile(Name, new LogFileOptions { Format = LogFormat.Logfmt });
        file.Observe(Event("one"));
        file.Write("raw\n"u8);
        Assert.Equal(["old", "time=2026-11-21T12:00:00.000Z level=info logger=Shop msg=one", "raw"],
            File.ReadAllLines(Name));
    }

    [Fact]
    public void By_size_old_files_are_numbered_and_the_oldest_goes()
    {
        using var file = new LogFile(Name, new LogFileOptions { RotateLength = 10, MaxRotatedFiles = 2 });
        foreach (string line in new[] { "first", "1st", "second", "third", "fourth, longer than the limit", "5" })
            file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        Assert.Equal(["server.log: 5", "server.log.1: fourth, longer than the limit", "server.log.2: third"], Files());
        Assert.Equal(0, file.Lost);
    }

    [Fact]
    public void By_size_all_are_kept_unless_a_number_is_given_and_a_smaller_number_removes_the_rest()
    {
        using (var file = new LogFile(Name, new LogFileOptions { RotateLength = 2 }))
        {
            for (int i = 1; i <= 12; i++)
                file.Write(Encoding.UTF8.GetBytes($"{i}\n"));
        }
        Assert.Equal(12, Files().Length);
        Assert.Contains("server.log.11: 1", Files());
        using (var file = new LogFile(Name, new LogFileOptions { RotateLength = 2, MaxRotatedFiles = 1 }))
            file.Write("13\n"u8);
        Assert.Equal(["server.log: 13", "server.log.1: 12"], Files());
        using (var file = new LogFile(Name, new LogFileOptions { RotateLength = 2, MaxRotatedFiles = 0 }))
            file.Write("14\n"u8);
        Assert.Equal(["server.log: 14"], Files());
    }

    [Fact]
    public void By_day_the_old_file_has_the_date_of_its_events()
    {
        var options = new LogFileOptions { RotateDaily = true, MaxRotatedFiles = 2, Clock = _clock };
        using (var file = new LogFile(Name, options))
        {
            for (int day = 1; day <= 4; day++)
            {
                _clock.Now = new DateTimeOffset(2026, 1, day, 23, 59, 59, TimeSpan.Zero);
                file.Write(Encoding.UTF8.GetBytes($"{day}a\n"));
                file.Write(Encoding.UTF8.GetBytes($"{day}b\n"));
            }
        }
        Assert.Equal(["server.log: 4a|4b", "server.log.2026_01_02: 2a|2b", "server.log.2026_01_03: 3a|3b"], Files());
    }

    [Fact]
    public void A_file_of_an_earlier_day_is_rotated_when_it_is_opened_again()
    {
        File.WriteAllText(Name, "old\n");
        File.SetLastWriteTimeUtc(Name, new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc));
        File.WriteAllText(Name + ".2026_01_01", "there already\n");
        _clock.Now = new DateTimeOffset(2026, 1, 5, 0, 0, 1, TimeSpan.Zero);
        using var file = new LogFile(Name, new LogFileOptions { RotateDaily = true, Clock = _clock });
        file.Write("new\n"u8);
        Assert.Equal(["server.log: new", "server.log.2026_01_01: there already", "server.log.2026_01_01.1: old"],
            Files());
    }

    [Fact]
    public void Reopening_while_four_threads_write_loses_nothing()
    {
        const int lines = 2000;
        using var file = new LogFile(Name);
        int moved = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < lines; i++)
                file.Observe(Event($"{thread}:{i}"));
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        while (threads.Any(thread => thread.IsAlive))
        {
            File.Move(Name, $"{Name}.moved{moved++}");
            file.Reopen();
        }
        string[] written =
            [.. Directory.GetFiles(_folder).SelectMany(File.ReadAllLines).Select(line => line.Split("] ")[1])];
        Assert.Equal(4 * lines, written.Length);
        Assert.Equal(4 * lines, written.Distinct().Count());
        Assert.InRange(moved, 1, int.MaxValue);
    }

    [Fact]
    public void Two_of_one_name_lose_nothing_when_either_rotates()
    {
        var options = new LogFileOptions { RotateLength = 200 };
        using var one = new LogFile(Name, options);
        using var two = new LogFile(Name, options);
        for (int i = 0; i < 100; i++)
        {
            one.Write(Encoding.UTF8.GetBytes($"one {i}\n"));
            two.Write(Encoding.UTF8.GetBytes($"two {i}\n"));
        }
        string[] written = [.. Directory.GetFiles(_folder).SelectMany(File.ReadAllLines)];
        Assert.Equal(200, written.Distinct().Count());
        Assert.Equal(200, written.Length);
    }

    [Fact]
    public void A_file_that_is_cut_to_nothing_is_written_from_its_beginning()
    {
        using var file = new LogFile(Name);
        file.Write("one\n"u8);
        File.WriteAllText(Name, ""); // logrotate's copytruncate
        file.Write("two\n"u8);
        Assert.Equal("two\n", File.ReadAllText(Name));
    }

    [Fact]
    public void A_folder_that_goes_costs_no_line_until_the_file_is_reopened()
    {
        string inner = Path.Combine(_folder, "logs");
        Directory.CreateDirectory(inner);
        using var file = new LogFile(Path.Combine(inner, "x"));
        Directory.Move(inner, Path.Combine(_folder, "gone"));
        file.Reopen();
        file.Rotate();
        file.Observe(Event("still here"));
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "gone", "x"));
        Assert.Equal(3, lines.Length);
        Assert.Contains("could not be rotated or opened anew", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("still here", lines[2], StringComparison.Ordinal);
        Assert.Equal(0, file.Lost);
    }

    [Fact]
    public void A_full_disk_loses_lines_and_counts_them()
    {
        using var file = new LogFile("/dev/full");
        file.Observe(Event("one"));
        file.Observe(Event("two"));
        Assert.Equal(2, file.Lost);
    }

    [Fact]
    public void After_the_end_lines_are_counted_as_lost()
    {
        var file = new LogFile(Name);
        file.Dispose();
        file.Observe(Event("late"));
        file.Reopen();
        file.Rotate();
        file.Dispose();
        Assert.Equal(1, file.Lost);
        Assert.Equal("", File.ReadAllText(Name));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void New_files_are_for_the_owner_alone_unless_told_otherwise()
    {
        using (var file = new LogFile(Name, new LogFileOptions { RotateLength = 1 }))
        {
            file.Write("one\n"u8);
            file.Write("two\n"u8);
        }
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal((owner, owner), (File.GetUnixFileMode(Name), File.GetUnixFileMode(Name + ".1")));
        using (new LogFile(Name + "2", new LogFileOptions { Mode = owner | UnixFileMode.UserExecute }))
            Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Name + "2"));
    }

    [Fact]
    public void Mistakes_are_told_at_once()
    {
        Assert.Throws<DirectoryNotFoundException>(() => new LogFile(Path.Combine(_folder, "no", "x")));
        Assert.Throws<UnauthorizedAccessException>(() => new LogFile(_folder));
        Assert.Throws<ArgumentException>(() =>
            new LogFile(Name, new LogFileOptions { RotateLength = 1, RotateDaily = true }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogFile(Name, new LogFileOptions { RotateLength = 0 }));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private string[] Files() =>
    [
        .. Directory.GetFiles(_folder).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)}: {string.Join('|', File.ReadAllLines(file))}"),
    ];

    private static LogEvent Event(string message) => new()
    {
        Time = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
        Level = LogLevel.Information,
        Category = "Shop",
        Message = message,
    };

    private sealed class SetClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
