namespace Twisted.Daemon;

/// <summary>The reactors by the names that the command line knows.</summary>
internal static class Reactors
{
    private static readonly Dictionary<string, ReactorKind> Kinds = new(StringComparer.Ordinal)
    {
        ["default"] = ReactorKind.Automatic,
        ["epoll"] = ReactorKind.Epoll,
        ["portable"] = ReactorKind.Portable,
    };

    internal static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>Whether the ports of that reactor can go over to another process.</summary>
    internal static bool HandsOver(string name) => name != "portable";

    /// <summary>The kind of that name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    internal static ReactorKind Parse(string name) => Kinds.TryGetValue(name, out ReactorKind kind)
        ? kind
        : throw new FormatException($"There is no reactor '{name}'; there are {string.Join(", ", Names)}.");
}
