namespace Twisted.Testing;

/// <summary>A test has left something behind.</summary>
/// <param name="leftovers">What, one line each.</param>
public sealed class LeftoversException(IReadOnlyList<string> leftovers)
    : Exception($"The test left behind:\n  {string.Join("\n  ", leftovers)}")
{
    /// <summary>What is left, one line each.</summary>
    public IReadOnlyList<string> Leftovers => leftovers;
}
