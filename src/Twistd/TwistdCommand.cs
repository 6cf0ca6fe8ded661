using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>The command line: global options, then one sub-command a server.</summary>
/// <remarks>A server's own options are read from its record when it is asked for: the start is fast.</remarks>
internal sealed class TwistdCommand
{
    private static readonly string[] OfTheParser = ["--help", "-h", "-?", "/h", "/?", "--version"];

    private readonly TwistdOptions _options = new();
    private readonly Option<string[]> _pluginFolders = new("--plugins")
    {
        Description = "A folder with more servers; may be given again.",
        HelpName = "FOLDER",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly RootCommand _root = new("Runs Twisted for .NET servers.");
    private readonly Dictionary<Command, Action<Command>> _servers = [];
    private readonly string[] _arguments;
    private string? _file;

    /// <summary>The command line.</summary>
    /// <param name="arguments">Those of this process: a daemon is started with the same.</param>
    internal TwistdCommand(string[] arguments)
    {
        _arguments = arguments;
        foreach (Option option in _options.All)
            _root.Options.Add(option);
        _pluginFolders.Validators.Add(result =>
        {
            foreach (Token folder in result.Tokens.Where(folder => !PluginFolder.Exists(folder.Value)))
                result.AddError($"--plugins: there is no folder {folder.Value}.");
        });
        if (PluginSupport.IsSupported)
        {
            _root.Options.Add(_pluginFolders);
            Add(new RunCommand(_arguments, parsed => _options.Read(parsed, false), () => Reread(false)), _ => { });
        }
        foreach (BuiltInServer server in BuiltInServer.All)
            Add(server.Name, server.Description, command => Bind(command, server.Maker));
        _root.SetAction(NoServer);
    }

    /// <summary>What the arguments say.</summary>
    /// <exception cref="PluginLoadException">The plugin that they name cannot be had.</exception>
    internal ParseResult Parse()
    {
        ParseResult parsed = _root.Parse(_arguments);
        if (PluginSupport.IsSupported && !NamesServer(parsed))
            parsed = ParseWithPlugins(parsed);
        Command asked = parsed.CommandResult.Command;
        if (!_servers.TryGetValue(asked, out Action<Command>? bind))
            return parsed;
        bind(asked);
        parsed = _root.Parse(_arguments);
        ConfigurationSources? sources = ConfigurationSources.Read(_file ?? parsed.GetValue(_options.Configuration),
            StatusPipe.Variable, PluginFolder.VariableName);
        if (sources is null)
            return parsed;
        _file ??= sources.FullPath; // the process may change its folder
        Configured = ConfiguredOptions.Find(sources, parsed,
            [(null, _options.Configurable), (asked.Name, asked.Options)]);
        return _root.Parse([.. _arguments, .. Configured.Arguments]);
    }

    /// <summary>What of <see cref="Parse"/>'s result comes from elsewhere; null without a configuration.</summary>
    internal ConfiguredOptions? Configured { get; private set; }

    /// <summary>What is wrong with the arguments, in one line; null when nothing is.</summary>
    internal string? Mistake(ParseResult parsed)
    {
        if (parsed.Errors is not [var first, ..])
            return null;
        // A wrong value first: of --plugins, say, which is why the server after it is not known.
        ParseError error = parsed.Errors.FirstOrDefault(one => one.SymbolResult is OptionResult) ?? first;
        string told = SingleLine.Of(error.Message); // the library's own answer is the error and the whole help
        return Configured?.OriginOf(error) is { } origin ? $"{origin}: {told}" : $"{told} Try 'twistd --help'.";
    }

    /// <summary>What file and environment say now, with the arguments of then.</summary>
    /// <param name="usesTerminal">See <see cref="TwistdOptions.Read"/>.</param>
    /// <exception cref="InvalidDataException">They are wrong.</exception>
    private TwistdSettings Reread(bool usesTerminal)
    {
        var now = new TwistdCommand(_arguments) { _file = _file };
        ParseResult parsed = now.Parse();
        return now.Mistake(parsed) is { } mistake
            ? throw new InvalidDataException(mistake)
            : now._options.Read(parsed, usesTerminal);
    }

    /// <summary>
    /// Whether it is one of the tool's own servers that is to run, so that nobody has to look for plugins. It is not
    /// when something unknown comes before the name: that may be a plugin's, and the name a value of its options.
    /// </summary>
    private bool NamesServer(ParseResult parsed) =>
        parsed.CommandResult.Command != _root
        && (parsed.UnmatchedTokens is not [string first, ..]
            || Array.IndexOf(_arguments, first) > Array.LastIndexOf(_arguments, parsed.CommandResult.Command.Name));

    [RequiresUnreferencedCode("What a plugin needs is not known when the tool is trimmed.")]
    private ParseResult ParseWithPlugins(ParseResult parsed)
    {
        var catalog = new PluginCatalog(_root.Subcommands.Select(command => command.Name));
        IEnumerable<string> given = parsed.GetResult(_pluginFolders)?.Tokens.Select(token => token.Value) ?? [];
        foreach (string folder in given.Where(PluginFolder.Exists).Select(Path.GetFullPath)
            .Concat(PluginFolder.Usual(catalog.Complain)).Distinct())
            catalog.Add(folder);
        foreach ((string name, FoundPlugin plugin) in catalog.Plugins)
        {
            Command command = Add(name, plugin.Declaration.Description, command => Bind(command, plugin));
            command.Hidden = plugin.Defect is not null;
        }
        ParseResult again = _root.Parse(_arguments);
        Command asked = again.CommandResult.Command;
        if (asked == _root || catalog.Plugins.ContainsKey(asked.Name))
        {
            foreach (string complaint in catalog.Complaints(asked.Name))
                Console.Error.WriteLine($"twistd: {SingleLine.Of(complaint)}");
        }
        return again;
    }

    private Command Add(string name, string description, Action<Command> bind)
    {
        var command = new Command(name, SingleLine.Of(description));
        Add(command, bind);
        return command;
    }

    private void Add(Command command, Action<Command> bind)
    {
        _root.Subcommands.Add(command);
        _servers.Add(command, bind);
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
            bool usesTerminal = binder.UsesTerminal(parsed);
            TwistdSettings settings = _options.Read(parsed, usesTerminal);
            if (!settings.NoDaemon && !StatusPipe.IsWaitedFor)
                return Daemonizer.Start(_arguments);
            object options = binder.Read(parsed);
            return new ApplicationRun(settings, () => Reread(usesTerminal), (reactor, logging) =>
                ServerService.Make(maker, options, settings, reactor, logging)).Start();
        });
    }

    [RequiresUnreferencedCode("What a plugin needs is not known when the tool is trimmed.")]
    private void Bind(Command command, FoundPlugin plugin)
    {
        IServiceMaker maker = plugin.Load();
        try
        {
            Bind(command, maker);
        }
        catch (Exception failure)
        {
            throw plugin.Failed(failure);
        }
    }

    private IEnumerable<string> OwnNames() =>
        _root.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).Concat(OfTheParser);
}
