using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>What the project file of a package says that it needs; the tidy tests say whether it may.</summary>
internal sealed class Room
{
    private readonly XElement _project;

    private Room(string path) => _project = XElement.Load(path);

    /// <summary>The rooms of the product whose assembly is a package, those to come too.</summary>
    internal static IEnumerable<string> Names => Directory.GetDirectories(PathOf("src")).Select(Path.GetFileName)
        .Where(name => name is not ("Twistd" or "Twisted" or "Twisted.Analyzers" or "Twisted.Generators"))
        .Order(StringComparer.Ordinal)!;

    /// <summary>The other rooms that it uses.</summary>
    internal IEnumerable<string> Rooms => _project.Descendants("ProjectReference")
        .Where(reference => reference.Attribute("OutputItemType") is null)
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
        .Order(StringComparer.Ordinal);

    /// <summary>The packages of others that its users get with it.</summary>
    internal IEnumerable<string> Packages => _project.Descendants("PackageReference")
        .Where(reference => reference.Attribute("PrivateAssets") is null)
        .Select(reference => reference.Attribute("Include")!.Value);

    /// <summary>Who may read its internals.</summary>
    internal IEnumerable<string> Friends => _project.Descendants("InternalsVisibleTo")
        .Select(friend => friend.Attribute("Include")!.Value);

    /// <summary>The room of a package.</summary>
    internal static Room Of(string name) => new(PathOf($"src/{name}/{name}.csproj"));

    /// <summary>The version of a package of others, from the one file that has them.</summary>
    internal static string? VersionOf(string package) =>
        XElement.Load(PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .SingleOrDefault(version => version.Attribute("Include")!.Value == package)?.Attribute("Version")!.Value;
}
