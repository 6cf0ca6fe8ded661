using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>What is in each package, read from the files themselves.</summary>
public class PackageContentTests
{
    private const string Core = "Twisted.Core";
    private const string Logging = "Microsoft.Extensions.Logging.Abstractions";

    // They have no assembly for a program.
    private static readonly string[] Others = ["Twistd", "Twisted", "Twisted.Templates"];

    // Rooms that not every program wants.
    private static readonly string[] NotInTheWhole = ["Twisted.Hosting", "Twisted.Quotes", "Twisted.Testing"];

    public static TheoryData<string> RoomNames() => [.. Room.Names];

    public static TheoryData<string> Names() => [.. Room.Names, .. Others];

    [Fact]
    public void There_is_a_package_for_each_room_and_no_other() => Assert.Equal(
        Room.Names.Concat(Others).Order(StringComparer.Ordinal),
        Feed.All.Select(package => package.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void All_have_one_version() => Assert.All(Feed.All, package => Assert.Equal(Feed.Version, package.Version));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_it_is(string id)
    {
        Package package = Feed.Find(id);
        Assert.NotEmpty(package.Text("description"));
        Assert.DoesNotContain("Package Description", package.Text("description"), StringComparison.Ordinal);
        Assert.Equal("MIT", package.Text("license"));
        Assert.Equal("expression", package.Attribute("license", "type"));
        Assert.Equal("README.md", package.Text("readme"));
        Assert.Equal("icon.png", package.Text("icon"));
        string readme = Encoding.UTF8.GetString(package.Bytes("README.md"));
        Assert.StartsWith("# Twisted for .NET", readme, StringComparison.Ordinal);
        Assert.Equal("PNG"u8.ToArray(), package.Bytes("icon.png")[1..4]);
        Assert.NotEmpty(package.Text("tags"));
        Assert.Null(package.Attribute("repository", "url")); // none is known: none is invented
    }

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void A_room_is_an_assembly_with_its_documentation(string id)
    {
        List<string> expected = ["README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"];
        if (id == Core)
        {
            expected.AddRange(["analyzers/dotnet/cs/Twisted.Analyzers.dll",
                "analyzers/dotnet/cs/Twisted.Generators.dll", "buildTransitive/Twisted.Core.props"]);
        }
        Package package = Feed.Find(id);
        Assert.Equal(expected.Order(StringComparer.Ordinal), package.Files.Order(StringComparer.Ordinal));
        XElement documentation = XElement.Parse(Encoding.UTF8.GetString(package.Bytes($"lib/net10.0/{id}.xml")));
        Assert.NotEmpty(documentation.Descendants("summary"));
    }

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void A_room_needs_the_rooms_of_its_project_in_this_version_or_newer(string id)
    {
        Dictionary<string, string> dependencies = Feed.Find(id).Dependencies;
        Assert.Equal(Room.Of(id).Rooms, dependencies.Keys.Where(IsOurs).Order(StringComparer.Ordinal));
        foreach (string room in Room.Of(id).Rooms)
        {
            bool isFriend = Room.Of(room).Friends.Contains(id); // it fits no other one
            Assert.Equal(isFriend ? $"[{Feed.Version}]" : Feed.Version, dependencies[room]);
        }
    }

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void What_a_room_needs_of_others_has_the_version_of_the_one_file(string id)
    {
        Dictionary<string, string> dependencies = Feed.Find(id).Dependencies;
        Assert.Subset(dependencies.Keys.ToHashSet(), Room.Of(id).Packages.ToHashSet());
        foreach ((string name, string version) in dependencies.Where(dependency => !IsOurs(dependency.Key)))
            Assert.Equal(Room.VersionOf(name), version);
    }

    [Fact]
    public void Core_brings_the_logging_abstractions_and_nothing_else() =>
        Assert.Equal([Logging], Feed.Find(Core).Dependencies.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_documentation_lists_it(string id)
    {
        Assert.Contains($"| `{id}` |", File.ReadAllText(PathOf("docs/packages.md")), StringComparison.Ordinal);
        Assert.Contains($"| `{id}` |", File.ReadAllText(PathOf("src/PACKAGE.md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void The_rules_of_Core_reach_who_has_only_another_room(string id) =>
        Assert.DoesNotContain(Feed.Find(id).WithoutAnalyzers, IsOurs);

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void Symbols_carry_their_sources(string id)
    {
        Package symbols = Package.Read(Path.ChangeExtension(Feed.Find(id).Path, ".snupkg"));
        byte[] bytes = symbols.Bytes($"lib/net10.0/{id}.pdb");
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(bytes));
        MetadataReader reader = provider.GetMetadataReader();
        var embedded = new Guid("0e8a571b-6926-466e-b4ad-8ab04611f5fe"); // the format's name for a source inside
        int sources = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Count(information => reader.GetGuid(information.Kind) == embedded);
        Assert.Equal(reader.Documents.Count, sources);
    }

    [Fact]
    public void The_package_of_all_has_no_code()
    {
        Package package = Feed.Find("Twisted");
        Assert.Equal(["README.md", "icon.png"], package.Files.Order(StringComparer.Ordinal));
        Assert.Equal( // Core comes with them
            Room.Names.Except(NotInTheWhole).Where(name => name != Core),
            package.Dependencies.Keys.Where(IsOurs).Order(StringComparer.Ordinal));
        Assert.All(package.Dependencies.Where(dependency => IsOurs(dependency.Key)),
            dependency => Assert.Equal(Feed.Version, dependency.Value));
    }

    [Fact]
    public void The_tool_runs_anywhere_and_brings_all_it_needs()
    {
        Package package = Feed.Find("Twistd");
        Assert.Equal("DotnetTool", package.Attribute("packageType", "name"));
        Assert.Empty(package.Dependencies);
        string settings = Encoding.UTF8.GetString(package.Bytes("tools/net10.0/any/DotnetToolSettings.xml"));
        Assert.Contains("EntryPoint=\"twistd.dll\" Runner=\"dotnet\"", settings, StringComparison.Ordinal);
        Assert.All(Room.Of("Twistd").Rooms, room => Assert.Contains($"tools/net10.0/any/{room}.dll", package.Files));
    }

    [Fact]
    public void The_templates_name_the_versions_of_this_tree()
    {
        Package package = Feed.Find("Twisted.Templates");
        Assert.Equal("Template", package.Attribute("packageType", "name"));
        string[] descriptions =
            [.. package.Files.Where(file => file.EndsWith("template.json", StringComparison.Ordinal))];
        Assert.Equal(3, descriptions.Length);
        foreach (string file in descriptions)
        {
            string text = Encoding.UTF8.GetString(package.Bytes(file));
            Assert.Contains($"\"defaultValue\": \"{Feed.Version}\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("_RELEASE", text, StringComparison.Ordinal);
            Assert.DoesNotContain("XUNIT_RUNNER", text, StringComparison.Ordinal);
        }
    }

    private static bool IsOurs(string package) => package.StartsWith("Twisted.", StringComparison.Ordinal);
}
