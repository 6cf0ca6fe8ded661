using System.CommandLine;
using System.CommandLine.Parsing;

namespace Twisted.Daemon;

/// <summary>The command line: global options, then one sub-command a server.</summary>
internal static class TwistdCommand
{
    /// <summary>The command line.</summary>
    /// <param name="arguments">Those of this process: a daemon is started with the same.</param>
    internal static RootCommand Create(string[] arguments)
    {
        var options = new TwistdOptions();
        var root = new RootCommand("Runs Twisted for .NET servers.");
        foreach (Option option in options.All)
            root.Options.Add(option);
        foreach (ServerCommand server in ServerCommand.All)
            root.Subcommands.Add(MakeServer(server, options, arguments));
        root.SetAction(parsed =>
        {
            if (parsed.GetValue(options.HelpReactors))
            {
                Console.Out.WriteLine(string.Join('\n', Reactors.Names));
                return TwistdExit.Done;
            }
            Console.Error.WriteLine("twistd: name a server to run. Try 'twistd --help'.");
            return TwistdExit.CannotStart;
        });
        return root;
    }

    private static Command MakeServer(ServerCommand server, TwistdOptions options, string[] arguments)
    {
        var port = new Option<string>("--port", "-p")
        {
            Description = "Where to listen: an endpoint string.",
            DefaultValueFactory = _ => server.DefaultPort,
            HelpName = "ENDPOINT",
        };
        var command = new Command(server.Name, server.Description) { port };
        command.SetAction(parsed =>
        {
            string endpoint = parsed.GetValue(port)!;
            bool usesTerminal = endpoint.StartsWith("stdio", StringComparison.Ordinal); // a daemon has none
            TwistdSettings settings = options.Read(parsed, usesTerminal);
            if (!settings.NoDaemon && !StatusPipe.IsWaitedFor)
                return Daemonizer.Start(arguments);
            return new ApplicationRun(settings, (reactor, logging) =>
                ServerService.Make(server, endpoint, settings, reactor, logging)).Start();
        });
        return command;
    }
}
