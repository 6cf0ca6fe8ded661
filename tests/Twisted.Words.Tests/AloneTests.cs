namespace Twisted.Words.Tests;

/// <summary>Tests that count the memory of this process: alone, at the end.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "Alone";
}
