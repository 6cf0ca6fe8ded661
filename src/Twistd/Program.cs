using System.CommandLine;
using System.CommandLine.Parsing;
using Twisted.Daemon;

ParseResult parsed;
try
{
    parsed = new TwistdCommand(args).Parse();
}
catch (PluginLoadException failure)
{
    Console.Error.WriteLine($"twistd: {SingleLine.Of(failure.Message)}");
    return TwistdExit.CannotStart;
}
if (parsed.Errors.Count > 0)
{
    // A wrong value first: of --plugins, say, which is why the server after it is not known.
    ParseError error = parsed.Errors.FirstOrDefault(one => one.SymbolResult is OptionResult) ?? parsed.Errors[0];
    // One line that says what is wrong; the library's own answer is the error and the whole help.
    Console.Error.WriteLine($"twistd: {SingleLine.Of(error.Message)} Try 'twistd --help'.");
    return TwistdExit.CannotStart;
}
return parsed.Invoke();
