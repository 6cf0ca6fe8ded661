namespace Interop.Tests;

/// <summary>Tests that need the machine's descriptors, or a measured time, for themselves: alone, at the end.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "Alone";
}
