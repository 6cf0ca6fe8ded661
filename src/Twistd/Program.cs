using System.CommandLine;
using Twisted.Daemon;

string? mistake;
try
{
    var command = new TwistdCommand(args);
    ParseResult parsed = command.Parse();
    mistake = command.Mistake(parsed);
    if (mistake is null)
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception failure) when (failure is InvalidDataException or PluginLoadException)
{
    mistake = SingleLine.Of(failure.Message);
}
Console.Error.WriteLine($"twistd: {mistake}");
return TwistdExit.CannotStart;
