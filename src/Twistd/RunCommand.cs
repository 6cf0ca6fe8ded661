using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace Twisted.Daemon;

/// <summary>
/// <c>twistd run app.cs</c>: an application that is a program of one file. Twisted: <c>twistd -y app.tac</c>.
/// </summary>
internal sealed class RunCommand : Command
{
    private const string Source = ".cs";

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "A C# program of one file, or an assembly, that returns a TwistdApplication.",
    };

    private readonly Argument<string[]> _rest = new("ARGUMENTS")
    {
        Description = "The program's own, after '--'.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The sub-command.</summary>
    /// <param name="arguments">Those of this process.</param>
    /// <param name="read">The settings.</param>
    /// <param name="reread">What they would be now.</param>
    [RequiresUnreferencedCode("What a program needs is not known when the tool is trimmed.")]
    internal RunCommand(string[] arguments, Func<ParseResult, TwistdSettings> read, Func<TwistdSettings> reread)
        : base("run", "Run an application that is a C# file.")
    {
        Arguments.Add(_file);
        Arguments.Add(_rest);
        SetAction(parsed => Run(parsed, arguments, read(parsed), reread));
    }

    [RequiresUnreferencedCode("What a program needs is not known when the tool is trimmed.")]
    private int Run(ParseResult parsed, string[] arguments, TwistdSettings settings, Func<TwistdSettings> reread)
    {
        string file = parsed.GetValue(_file)!;
        string assembly = Path.GetFullPath(file.EndsWith(Source, StringComparison.OrdinalIgnoreCase)
            ? ProgramBuild.Run(file)
            : file);
        if (!settings.NoDaemon && !StatusPipe.IsWaitedFor)
            return Daemonizer.Start([.. arguments.Select(argument => argument == file ? assembly : argument)]);
        var program = new ApplicationProgram(file, assembly, parsed.GetValue(_rest) ?? []);
        return new ApplicationRun(settings, reread, (reactor, logging) =>
            ServerService.Make(program, new NoOptions(), settings, reactor, logging)).Start();
    }
}
