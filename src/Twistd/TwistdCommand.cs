using System.CommandLine;
using System.CommandLine.Parsing;
using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>The command line: global options, then one sub-command a server.</summary>
/// <remarks>A server's own options are read from its record when it is asked for: the start is fast.</remarks>
internal sealed class TwistdCommand
{
    private static readonly string[] OfTheParser = ["--help", "-h", "-?", "/h", "/?", "--version"];

    private readonly TwistdOptions _options = new();
    private readonly RootCommand _root = new("Runs Twisted for .NET servers.");
    private readonly Dictionary<Command, Func<IServiceMaker>> _servers = [];
    private readonly string[] _arguments;

    /// <summary>The command line.</summary>
    /// <param name="arguments">Those of this process: a daemon is started with the same.</param>
    internal TwistdCommand(string[] arguments)
    {
        _arguments = arguments;
        foreach (Option option in _options.All)
            _root.Options.Add(option);
        foreach (BuiltInServer server in BuiltInServer.All)
            Add(server.Name, server.Description, () => server.Maker);
        _root.SetAction(NoServer);
    }

    /// <summary>What the arguments say.</summary>
    internal ParseResult Parse()
    {
        ParseResult parsed = _root.Parse(_arguments);
        Command asked = parsed.CommandResult.Command;
        if (!_servers.TryGetValue(asked, out Func<IServiceMaker>? maker))
            return parsed;
        Bind(asked, maker());
        return _root.Parse(_arguments);
    }

    private void Add(string name, string description, Func<IServiceMaker> maker)
    {
        var command = new Command(name, description);
        _root.Subcommands.Add(command);
        _servers.Add(command, maker);
    }

    private int NoServer(ParseResult parsed)
    {
        if (parsed.GetValue(_options.HelpReactors))
        {
            Console.Out.WriteLine(string.Join('\n', Reactors.Names));
            return TwistdExit.Done;
        }
        Console.Error.WriteLine("twistd: name a server to run. Try 'twistd --help'.");
        return TwistdExit.CannotStart;
    }

    /// <summary>Gives a sub-command its options and what it does.</summary>
    /// <exception cref="NotSupportedException">The maker's options cannot be.</exception>
    private void Bind(Command command, IServiceMaker maker)
    {
        var binder = new OptionBinder(maker, OwnNames());
        foreach (Option option in binder.Options)
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            TwistdSettings settings = _options.Read(parsed, binder.UsesTerminal(parsed));
            if (!settings.NoDaemon && !StatusPipe.IsWaitedFor)
                return Daemonizer.Start(_arguments);
            object options = binder.Read(parsed);
            return new ApplicationRun(settings, (reactor, logging) =>
                ServerService.Make(maker, options, settings, reactor, logging)).Start();
        });
    }

    private IEnumerable<string> OwnNames() =>
        _root.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).Concat(OfTheParser);
}
