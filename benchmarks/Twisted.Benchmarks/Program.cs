using System.CommandLine;
using System.CommandLine.Parsing;
using Twisted.Benchmarks;
using Twisted.Benchmarks.Load;

if (args is [LoadServerRun.Command]) // the other process of a load test
    return LoadServerRun.Run();
var root = new RootCommand("Measures Twisted for .NET against its peers, as ratios in one run.")
{
    WireCommand.Create(),
    MicroCommand.Create(),
    LoadCommand.Create(),
    IrcCommand.Create(),
};
ParseResult parsed = root.Parse(args);
if (parsed.Errors is [.., ParseError error]) // the last: "no such command" says more than "a command is missing"
{
    Console.Error.WriteLine($"bench: {error.Message} Try './bench --help'.");
    return 1;
}
try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchException failure)
{
    Console.Error.WriteLine($"bench: {failure.Message}.");
    return 1;
}
