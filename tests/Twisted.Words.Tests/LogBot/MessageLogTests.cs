using Twisted.Testing;

namespace Twisted.Words.Tests;

/// <summary>The file of the log bot: full and broken disks, rotation, forged lines.</summary>
public sealed class MessageLogTests : IDisposable
{
    private readonly VirtualClock _clock = new();
    private readonly MemoryDisk _disk = new();
    private readonly LogCapture _told = new();
    private readonly Lazy<MessageLog> _made;

    public MessageLogTests() =>
        _made = new(() => new MessageLog("x.log", _clock, _told.CreateLogger("log"), _disk.Open));

    private MessageLog Messages => _made.Value;

    private string Written => _disk["x.log"];

    public void Dispose()
    {
        Messages.Dispose();
        Janitor.AssertClean(_clock);
    }

    private void After(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Each_line_has_its_time_and_is_one_write()
    {
        Messages.Log("one");
        After(3661);
        Messages.Log("two");
        Assert.Equal("[00:00:00] one\n[01:01:01] two\n", Written);
        Assert.Equal(2, _disk.Writes);
    }

    [Fact]
    public void Before_the_first_line_of_a_day_stands_its_date()
    {
        Messages.Log("one");
        After(86_400 + 60);
        Messages.Log("two");
        Messages.Log("three");
        Assert.Equal("[00:00:00] one\n[00:01:00] [the day is Sun Jan 2 2000]\n[00:01:00] two\n[00:01:00] three\n",
            Written);
    }

    [Theory]
    [InlineData("a\r\n[00:00:00] <boss> yes", "a\uFFFD\uFFFD[00:00:00] <boss> yes")]
    [InlineData("\x1b[2Jgone", "\uFFFD[2Jgone")]
    [InlineData("c1 \u009b31m nel \u0085 ls \u2028 ps \u2029", "c1 \uFFFD31m nel \uFFFD ls \uFFFD ps \uFFFD")]
    [InlineData("right \u202Eto left\u202C", "right \uFFFDto left\uFFFD")]
    [InlineData("\u0002bold\u0002 \u000304,01red\u0003 plain\u000f", "bold red plain")]
    [InlineData("tab\there", "tab\uFFFDhere")]
    [InlineData("naïve 雪 👩‍👩‍👧", "naïve 雪 👩‍👩‍👧")]
    public void Nobody_forges_a_line_or_moves_the_cursor_of_who_reads_it(string message, string written)
    {
        Messages.Log(message);
        Assert.Equal($"[00:00:00] {written}\n", Written);
    }

    [Fact]
    public void While_the_disk_is_full_lines_wait_and_are_tried_after_longer_and_longer()
    {
        Messages.Log("one");
        _disk.Room = 0;
        Messages.Log("two");
        int before = _disk.Writes;
        Messages.Log("three"); // must not be tried each time
        Assert.Equal(before, _disk.Writes);
        foreach (double wait in (double[])[1, 2, 4, 8, 16, 30, 30])
        {
            After(wait - 0.01);
            Assert.Equal(before, _disk.Writes);
            After(0.01);
            Assert.Equal(++before, _disk.Writes);
        }
        _disk.Room = 1000;
        After(30);
        Assert.Equal("[00:00:00] one\n[00:00:00] two\n[00:00:00] three\n", Written);
        Assert.Equal([2060, 2061], _told.Events.Select(told => told.EventId.Id));
        Messages.Log("four");
        Assert.EndsWith("three\n[00:02:01] four\n", Written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_was_taken_in_part_is_completed_and_not_repeated()
    {
        _disk.Room = 5;
        Messages.Log("one");
        Messages.Log("two");
        Assert.Equal("[00:0", Written);
        _disk.Room = 3;
        After(1);
        Assert.Equal("[00:00:0", Written);
        _disk.Room = 12; // the rest of this one, and a part of the next
        After(2);
        Assert.Equal("[00:00:00] one\n[00:0", Written);
        _disk.Room = 1000;
        After(4);
        Assert.Equal("[00:00:00] one\n[00:00:00] two\n", Written);
        Assert.Equal(0, Messages.LostLines);
    }

    [Fact]
    public void Beyond_the_limit_of_lines_the_oldest_are_lost_and_a_line_says_how_many()
    {
        _disk.Room = 4;
        Messages.Log("torn");
        After(0.5);
        for (int i = 1; i <= MessageLog.MostWaitingLines + 17; i++)
            Messages.Log($"{i}");
        Assert.Equal((MessageLog.MostWaitingLines, 17), (Messages.WaitingLines, Messages.LostLines));
        _disk.Room = int.MaxValue;
        After(1);
        Assert.StartsWith("[00:00:00] torn\n[00:00:00] [17 lines were lost]\n[00:00:00] 18\n", Written,
            StringComparison.Ordinal);
        Assert.EndsWith("] 10017\n", Written, StringComparison.Ordinal);
        Assert.Equal(0, Messages.WaitingLines);
        Messages.Log("on");
        Assert.EndsWith("] 10017\n[00:00:01] on\n", Written, StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_the_limit_of_bytes_the_oldest_are_lost_as_well()
    {
        _disk.Room = 0;
        string kilobyte = new('x', 1012); // with time and line end 1,024
        for (int i = 0; i < 1100; i++)
            Messages.Log(kilobyte);
        Assert.Equal((1024, 76), (Messages.WaitingLines, Messages.LostLines));
    }

    [Fact]
    public void A_line_about_lost_lines_that_is_torn_is_completed_too()
    {
        _disk.Room = 0;
        for (int i = 1; i <= MessageLog.MostWaitingLines + 1; i++)
            Messages.Log($"{i}");
        _disk.Room = 20;
        After(1);
        Assert.Equal("[00:00:00] [1 lines ", Written);
        _disk.Room = int.MaxValue;
        After(2);
        Assert.StartsWith("[00:00:00] [1 lines were lost]\n[00:00:00] 2\n", Written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_line_that_a_process_before_has_left_torn_gets_its_end()
    {
        _disk["x.log"] = "[23:59:58] half a li";
        Messages.Log("one");
        Assert.Equal("[23:59:58] half a li\n[00:00:00] one\n", Written);
    }

    [Fact]
    public void A_file_that_was_moved_is_noticed_within_a_second()
    {
        Messages.Log("one");
        _disk.Move("x.log", "x.log.1");
        After(0.9);
        Messages.Log("two");
        After(0.1);
        Messages.Log("three");
        Assert.Equal("[00:00:00] one\n[00:00:00] two\n", _disk["x.log.1"]);
        Assert.Equal("[00:00:01] three\n", Written);
    }

    [Fact]
    public void Reopening_begins_the_new_file_at_once()
    {
        Messages.Log("one");
        _disk.Move("x.log", "x.log.1");
        Messages.Reopen();
        Assert.Equal("", Written);
        Messages.Log("two");
        Assert.Equal("[00:00:00] two\n", Written);
    }

    [Fact]
    public void When_the_name_cannot_be_opened_it_goes_on_with_the_file_that_it_has()
    {
        Messages.Log("one");
        _disk.Move("x.log", "x.log.1");
        _disk.IsLocked = true;
        Assert.Throws<UnauthorizedAccessException>(Messages.Reopen);
        After(1);
        Messages.Log("two");
        Assert.Equal("[00:00:00] one\n[00:00:01] two\n", _disk["x.log.1"]);
        Assert.Equal(2062, Assert.Single(_told.Events).EventId.Id);
        _disk.IsLocked = false;
        After(1);
        Messages.Log("three");
        Assert.Equal("[00:00:02] three\n", Written);
    }

    [Fact]
    public void A_new_file_on_a_disk_with_room_takes_all_that_waits_and_the_torn_line_whole()
    {
        _disk.Room = 5;
        Messages.Log("one");
        Messages.Log("two");
        _disk.Move("x.log", "x.log.1");
        _disk.Room = 1000;
        Messages.Reopen();
        Assert.Equal("[00:00:00] one\n[00:00:00] two\n", Written);
        Assert.Equal("[00:0", _disk["x.log.1"]);
    }

    [Fact]
    public void Reopening_the_same_file_does_not_repeat_the_torn_line()
    {
        _disk.Room = 5;
        Messages.Log("one");
        _disk.Room = 1000;
        Messages.Reopen();
        Assert.Equal("[00:00:00] one\n", Written);
        Assert.Equal(1, _disk.Opened);
    }

    [Fact]
    public void Closing_tries_once_more_and_tells_what_is_left()
    {
        _disk.Room = 5;
        Messages.Log("one");
        Messages.Log("two");
        _disk.Room = 0;
        Messages.Dispose();
        Assert.Contains("without the last 2 lines", _told.Events[^1].Message, StringComparison.Ordinal);
        Messages.Log("late");
        Assert.Equal(2, Messages.LostLines);
    }

    [Fact]
    public void Closing_writes_what_waits()
    {
        _disk.Room = 0;
        Messages.Log("one");
        _disk.Room = 1000;
        Messages.Dispose();
        Messages.Reopen();
        Assert.Equal("[00:00:00] one\n", Written);
        Assert.Equal(1, _disk.Opened);
    }
}
