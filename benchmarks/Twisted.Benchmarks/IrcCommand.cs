using System.CommandLine;
using Twisted.Benchmarks.Wire;

namespace Twisted.Benchmarks;

/// <summary><c>./bench irc</c>: the parser beside Twisted's, the server beside ngircd.</summary>
internal static class IrcCommand
{
    internal static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Short samples: to see that it runs." };
        var command = new Command("irc", "IRC: messages parsed, messages delivered, memory of an idle client.")
        {
            quick,
        };
        command.SetAction(parsed => Run(parsed.GetValue(quick)));
        return command;
    }

    private static int Run(bool quick)
    {
        MicroCommand.Run("irc", json: null, quick);
        string scenarios = string.Join(',',
            WireScenario.All.Where(scenario => scenario.Kind == WireKind.Irc).Select(scenario => scenario.Name));
        return WireCommand.Run(scenarios, peers: null, json: null,
            quick ? new WireOptions(1, TimeSpan.FromSeconds(0.1)) : new WireOptions(9, TimeSpan.FromSeconds(0.5)));
    }
}
