using System.CommandLine;

namespace Twisted.Daemon;

/// <summary>The command line: global options, then one sub-command a server.</summary>
internal static class TwistdCommand
{
    internal static RootCommand Create()
    {
        var noDaemon = new Option<bool>("--nodaemon", "-n")
        {
            Description = "Stay in the foreground and log to standard output.",
            Recursive = true,
        };
        var reactor = new Option<string>("--reactor", "-r")
        {
            Description = $"The reactor: {string.Join(", ", Reactors.Names)}.",
            DefaultValueFactory = _ => "default",
            Recursive = true,
        };
        var root = new RootCommand("Runs Twisted for .NET servers.") { noDaemon, reactor };
        foreach (ServerCommand server in ServerCommand.All)
            root.Subcommands.Add(MakeServer(server, reactor));
        root.SetAction(_ =>
        {
            Console.Error.WriteLine("twistd: name a server to run. Try 'twistd --help'.");
            return 1;
        });
        return root;
    }

    private static Command MakeServer(ServerCommand server, Option<string> reactor)
    {
        var port = new Option<string>("--port", "-p")
        {
            Description = "Where to listen: an endpoint string.",
            DefaultValueFactory = _ => server.DefaultPort,
            HelpName = "ENDPOINT",
        };
        var command = new Command(server.Name, server.Description) { port };
        command.SetAction(parsed => ServerRun.Start(server, parsed.GetValue(port)!, parsed.GetValue(reactor)!));
        return command;
    }
}
