using System.CommandLine;
using System.CommandLine.Parsing;
using Twisted.Daemon;

var command = new TwistdCommand(args);
try
{
    ParseResult parsed = command.Parse();
    if (parsed.Errors is not [ParseError error, ..])
        return parsed.Invoke();
    Console.Error.WriteLine($"twistd: {command.Tell(error)}");
}
catch (InvalidDataException mistake)
{
    Console.Error.WriteLine($"twistd: {mistake.Message}");
}
return TwistdExit.CannotStart;
