namespace Twisted.Benchmarks.Micro;

/// <summary>A figure of ours.</summary>
/// <param name="Name">The benchmark.</param>
/// <param name="Parameters">Its parameters, with spaces between; empty without any.</param>
/// <param name="Nanoseconds">Median time of an operation; null when it failed.</param>
/// <param name="Bytes">Allocated by an operation.</param>
internal sealed record MicroCase(string Name, string Parameters, double? Nanoseconds, double? Bytes)
{
    /// <summary>What the twin in Python is called.</summary>
    internal string FullName => $"{Name} {Parameters}".TrimEnd();
}
