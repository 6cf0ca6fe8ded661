namespace Twisted.Daemon;

/// <summary>What an assembly says of one sub-command: a TwistdPlugin attribute, as its metadata has it.</summary>
/// <param name="Maker">The name of the maker's type, with its assembly when that is another one.</param>
/// <param name="Name">The sub-command.</param>
/// <param name="Description">What it does.</param>
internal sealed record PluginDeclaration(string Maker, string Name, string Description);
