using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Twisted.Tidy.Tests;

/// <summary>The same packages for everybody: versions in one file, exact, and locked.</summary>
public partial class PackageTests
{
    private const string Versions = "Directory.Packages.props";

    [Fact]
    public void Every_project_has_its_lock_file() => Clean.Assert(
        from project in Tree.Projects
        let wanted = Path.GetDirectoryName(project.Path)!.Replace('\\', '/') + "/packages.lock.json"
        where !Tree.Files.Contains(wanted)
        select $"{wanted} is missing; restore the project and commit it");

    [Fact]
    public void Versions_stand_in_one_file() => Clean.Assert(
        from path in Tree.Files
        where Path.GetExtension(path) is ".csproj" or ".props" or ".targets"
        where path != Versions && !path.StartsWith("templates/", StringComparison.Ordinal)
        from violation in VersionsIn(path, Tree.Read(path))
        select violation);

    [Fact]
    public void Versions_are_exact() => Clean.Assert(Floating(Tree.Read(Versions)));

    [Theory]
    [InlineData("""<PackageReference Include="X" Version="1.0.0" />""")]
    [InlineData("""<PackageReference Include="X" VersionOverride="1.0.0" />""")]
    [InlineData("""<PackageReference Include="X"><Version>1.0.0</Version></PackageReference>""")]
    [InlineData("""<PackageVersion Include="X" Version="1.0.0" />""")]
    public void A_version_elsewhere_is_found(string item) => Assert.Single(VersionsIn("a.csproj", Wrap(item)));

    [Theory]
    [InlineData("*")]
    [InlineData("1.*")]
    [InlineData("[1.0.0,2.0.0)")]
    [InlineData("$(SomeVersion)")]
    public void A_version_that_moves_is_found(string version) =>
        Assert.Single(Floating(Wrap($"""<PackageVersion Include="X" Version="{version}" />""")));

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3-beta.4")]
    public void A_version_that_stands_still_passes(string version) =>
        Assert.Empty(Floating(Wrap($"""<PackageVersion Include="X" Version="{version}" />""")));

    private static IEnumerable<string> VersionsIn(string path, string text) =>
        from item in XElement.Parse(text).Descendants()
        where item.Name.LocalName is "PackageReference" or "PackageVersion" or "GlobalPackageReference"
        where item.Attribute("Version") is not null || item.Attribute("VersionOverride") is not null
            || item.Element("Version") is not null
        select $"{path}: the version of {item.Attribute("Include")?.Value} belongs in {Versions}";

    private static IEnumerable<string> Floating(string text) =>
        from item in XElement.Parse(text).Descendants()
        where item.Attribute("Version") is { } version && !Exact().IsMatch(version.Value)
        select $"{Versions}: {item.Attribute("Include")?.Value} {item.Attribute("Version")!.Value} is not one version";

    private static string Wrap(string item) => $"<Project><ItemGroup>{item}</ItemGroup></Project>";

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[\w.]+)?$")]
    private static partial Regex Exact();
}
