using System.Xml.Linq;

namespace Twisted.Tidy.Tests;

/// <summary>One csproj file, as XML: nothing is evaluated.</summary>
internal sealed class ProjectFile(string path, string text)
{
    private readonly XElement _root = XElement.Parse(text);

    internal string Path => path;

    internal string Name => System.IO.Path.GetFileNameWithoutExtension(path);

    internal bool IsProduct => path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>The names of the projects whose code it uses; analyzers run in the compiler and do not count.</summary>
    internal IEnumerable<string> References =>
        from reference in _root.Descendants("ProjectReference")
        where (string?)reference.Attribute("OutputItemType") != "Analyzer"
        select System.IO.Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'));

    /// <summary>The packages that its users get with it.</summary>
    internal IEnumerable<string> ShippedPackages =>
        from reference in _root.Descendants("PackageReference")
        where (string?)reference.Attribute("PrivateAssets") != "all"
        select (string)reference.Attribute("Include")!;
}
