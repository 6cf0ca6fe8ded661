namespace Twisted.Internet;

/// <summary>What to run and how.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments, without the program's own name.</param>
public sealed record ProcessOptions(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>Its whole environment; null inherits ours.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Where it starts; null is where we are.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Whether it gets a terminal instead of pipes.</summary>
    public bool UsePty { get; init; }
}
