using Microsoft.Extensions.Logging;

namespace Twisted.Tests;

public class TwistedLogTests
{
    [Fact]
    public void Lines_have_time_name_and_message_and_begin_with_Log_opened()
    {
        var output = new StringWriter();
        using ILoggerFactory logging = TwistedLog.Start(output);
        TwistedLog.Msg("hello");
        string[] lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
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
    public void Control_characters_of_a_peer_do_not_reach_the_terminal()
    {
        var output = new StringWriter();
        using ILoggerFactory logging = TwistedLog.Start(output);
        TwistedLog.Msg("nick \u001b[2J\r\u0007 joined");
        Assert.Contains("nick \\x1b[2J\n\t\\x07 joined", output.ToString(), StringComparison.Ordinal);
    }
}
