using System.Reflection;

namespace Twisted.PlantedBugs;

/// <summary>One of the bugs that the build has planted.</summary>
/// <param name="Name">Its switch.</param>
/// <param name="What">What a user would see of it.</param>
internal sealed record PlantedBug(string Name, string What)
{
    /// <summary>All there are, by name.</summary>
    internal static readonly PlantedBug[] All = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Order(StringComparer.Ordinal).Select(Read)];

    private static PlantedBug Read(string name)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(file);
        return new PlantedBug(name, reader.ReadLine() ?? "");
    }
}
