using System.CommandLine;
using Twisted.PlantedBugs;

// ./test planted: whether the simulation finds the bugs that bugs/*.txt plants in a copy of the engine.
var bug = new Option<string?>("--bug") { Description = "Only this one.", HelpName = "NAME" };
var seeds = new Option<int>("--seeds")
{
    Description = "How many seeds of each scenario at the most.",
    DefaultValueFactory = _ => 10_000,
    HelpName = "N",
};
var command = new RootCommand("Looks for planted bugs with the scenarios of the simulation.") { bug, seeds };
command.SetAction(parsed => new Hunt(parsed.GetValue(bug), parsed.GetValue(seeds)).Run());
return command.Parse(args).Invoke();
