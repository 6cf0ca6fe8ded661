namespace Twisted.Tests;

/// <summary>Tests that change static state, and those that wait for the garbage collector: alone, at the end.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "Alone";
}
