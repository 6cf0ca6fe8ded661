using System.CommandLine;
using Twisted.Simulations;

// ./test sim: the scenarios from the command line.
var scenario = new Option<string?>("--scenario") { Description = "Only this one.", HelpName = "NAME" };
var seeds = new Option<int>("--seeds")
{
    Description = "How many runs of each.",
    DefaultValueFactory = _ => 10_000,
    HelpName = "N",
};
var seed = new Option<ulong?>("--seed") { Description = "Only this run, told in words when it fails.", HelpName = "S" };
var repeat = new Option<bool>("--repeat") { Description = "Make each run twice, to see that it is the same." };
var command = new RootCommand("Runs the engine on a simulated network.") { scenario, seeds, seed, repeat };
command.SetAction(parsed => new Exploration(
    parsed.GetValue(scenario), parsed.GetValue(seeds), parsed.GetValue(seed), parsed.GetValue(repeat)).Run());
return command.Parse(args).Invoke();
