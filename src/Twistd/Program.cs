using System.CommandLine;
using System.CommandLine.Parsing;
using Twisted.Daemon;

ParseResult parsed = new TwistdCommand(args).Parse();
if (parsed.Errors is [ParseError error, ..])
{
    // One line that says what is wrong; the library's own answer is the error and the whole help.
    string told = string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    Console.Error.WriteLine($"twistd: {told} Try 'twistd --help'.");
    return TwistdExit.CannotStart;
}
return parsed.Invoke();
