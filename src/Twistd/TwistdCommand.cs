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
        var maxConnections = new Option<int>("--max-connections")
        {
            Description = "How many connections are served at a time; one more is closed at once. 0 is without limit.",
            DefaultValueFactory = _ => ConnectionLimit.Default,
            HelpName = "N",
            Recursive = true,
        };
        maxConnections.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int number) && number >= 0))
                result.AddError($"--max-connections is a number, 0 or more, not '{token.Value}'.");
        });
        var root = new RootCommand("Runs Twisted for .NET servers.") { noDaemon, reactor, maxConnections };
        foreach (ServerCommand server in ServerCommand.All)
            root.Subcommands.Add(MakeServer(server, reactor, maxConnections));
        root.SetAction(_ =>
        {
            Console.Error.WriteLine("twistd: name a server to run. Try 'twistd --help'.");
            return 1;
        });
        return root;
    }

    private static Command MakeServer(ServerCommand server, Option<string> reactor, Option<int> maxConnections)
    {
        var port = new Option<string>("--port", "-p")
        {
            Description = "Where to listen: an endpoint string.",
            DefaultValueFactory = _ => server.DefaultPort,
            HelpName = "ENDPOINT",
        };
        var command = new Command(server.Name, server.Description) { port };
        command.SetAction(parsed => new ServerRun(server, parsed.GetValue(port)!, parsed.GetValue(reactor)!,
            parsed.GetValue(maxConnections)).Start());
        return command;
    }
}
