using System.CommandLine;
using System.CommandLine.Parsing;
using Twisted.Daemon;

RootCommand root = TwistdCommand.Create(args);
ParseResult parsed = root.Parse(args);
if (parsed.Errors is [ParseError error, ..])
{
    // One line that says what is wrong; the library's own answer is the error and the whole help.
    Console.Error.WriteLine($"twistd: {error.Message} Try 'twistd --help'.");
    return 1;
}
return parsed.Invoke();
