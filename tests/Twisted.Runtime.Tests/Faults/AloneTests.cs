namespace Twisted.Tests;

/// <summary>Tests that count descriptors, objects or CPU time of this process: alone, at the end.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "Alone";
}
