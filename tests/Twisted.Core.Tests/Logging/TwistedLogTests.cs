using Microsoft.Extensions.Logging;
using Twisted.Testing;

namespace Twisted.Tests;

public class TwistedLogTests
{
    [Fact]
    public void Lines_have_time_name_and_message_and_begin_with_Log_opened()
    {
        var output = new StringWriter();
        using ILoggerFactory logging = TwistedLog.Start(output);
        TwistedLog.Msg("hello");
        // Tests beside this one may have logged, too: failures that the collector has found.
        string[] lines = [.. $"{output}".Split('\n').Where(line => line.Contains(" [-] ", StringComparison.Ordinal))];
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} \[-\] Log opened\.$", lines[0]);
        Assert.EndsWith(" [-] hello", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_logged_with_its_stack_and_further_lines_are_indented()
    {
        var output = new StringWriter();
        using ILoggerFactory logging = TwistedLog.Start(output);
        try
        {
            throw new InvalidDataException("broken");
        }
        catch (InvalidDataException failure)
        {
            TwistedLog.Err(failure, "while testing");
        }
        string text = output.ToString();
        Assert.Contains("[-#error] while testing\n\tSystem.IO.InvalidDataException: broken\n\t   at ", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_observer_that_is_added_gets_all_that_is_logged_until_it_is_removed()
    {
        var log = new LogCapture();
        TwistedLog.AddObserver(log);
        TwistedLog.Emit(LogLevel.Warning, "added", new InvalidDataException("why"));
        TwistedLog.Emit(LogLevel.Debug, "below its level");
        TwistedLog.Logging.CreateLogger("Added.Deep").LogInformation("by a logger");
        TwistedLog.RemoveObserver(log);
        TwistedLog.Msg("removed");
        string[] told = [.. log.Events.Where(one => one.Level < LogLevel.Error).Select(one => $"{one}")];
        Assert.Equal(["[-#Warning] added", "[Added.Deep#Information] by a logger"], told);
        Assert.Equal("why", log.Events.First(one => one.Message == "added").Exception?.Message);
    }

    [Fact]
    public void Control_characters_of_a_peer_do_not_reach_the_terminal()
    {
        var output = new StringWriter();
        using ILoggerFactory logging = TwistedLog.Start(output);
        TwistedLog.Msg("nick \u001b[2J\r\u0007 joined");
        Assert.Contains("nick \\x1b[2J\n\t\\x07 joined", output.ToString(), StringComparison.Ordinal);
    }
}
