using System.IO.Compression;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>One package, as a file.</summary>
internal sealed class Package
{
    private readonly XElement _metadata;

    private Package(string path)
    {
        Path = path;
        using ZipArchive archive = ZipFile.OpenRead(path);
        Files = [.. archive.Entries.Select(entry => entry.FullName).Where(name => !IsOfTheFormat(name))];
        ZipArchiveEntry description =
            archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        using Stream nuspec = description.Open();
        _metadata = XElement.Load(nuspec).Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>Where it lies.</summary>
    internal string Path { get; }

    /// <summary>What is in it, without what the format itself wants.</summary>
    internal IReadOnlyList<string> Files { get; }

    internal string Id => Text("id");

    internal string Version => Text("version");

    /// <summary>The packages that it brings along, and the versions that it says.</summary>
    internal Dictionary<string, string> Dependencies => _metadata.Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

    /// <summary>Those of them whose analyzers its users do not get.</summary>
    internal IEnumerable<string> WithoutAnalyzers => _metadata.Descendants()
        .Where(element => element.Attribute("exclude")?.Value.Contains("Analyzers", StringComparison.Ordinal) == true)
        .Select(element => element.Attribute("id")!.Value);

    internal static Package Read(string path) => new(path);

    /// <summary>The text of an element of its description; empty when it has none.</summary>
    internal string Text(string name) =>
        _metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

    /// <summary>An attribute of an element of its description; null when it has none.</summary>
    internal string? Attribute(string element, string attribute) => _metadata.Descendants()
        .FirstOrDefault(one => one.Name.LocalName == element)?.Attribute(attribute)?.Value;

    /// <summary>The bytes of a file in it.</summary>
    internal byte[] Bytes(string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path);
        using Stream content = archive.GetEntry(file)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    private static bool IsOfTheFormat(string name) =>
        name is "[Content_Types].xml" or "_rels/.rels"
        || name.StartsWith("package/", StringComparison.Ordinal)
        || name.EndsWith(".nuspec", StringComparison.Ordinal);
}
