namespace Twisted.Tests.Benchmarks.Load;

/// <summary>Load needs both cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    internal const string Name = "Alone";
}
