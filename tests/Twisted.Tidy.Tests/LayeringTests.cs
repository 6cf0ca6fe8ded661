namespace Twisted.Tidy.Tests;

/// <summary>The house: who may reference whom. A room that is not in the table must be put there first.</summary>
public class LayeringTests
{
    private static readonly string[] Drivers = ["Core"];
    private static readonly string[] Family = ["Core", "Cred"];

    // Room -> what it may reference. A family never sees the real reactor, so that it runs unchanged in simulation.
    private static readonly Dictionary<string, string[]> Table = new()
    {
        ["Core"] = [],
        ["Analyzers"] = [],
        ["Generators"] = [],
        ["Runtime"] = Drivers,
        ["Testing"] = Drivers,
        ["Application"] = ["Core"],
        ["Cred"] = ["Core"],
        ["Channels"] = ["Core", "Application"],
        ["Words"] = [.. Family, "Application"], // twistd ircd and irclog
        ["Web"] = Family,
        ["Spread"] = Family,
        ["Mail"] = [.. Family, "Names"], // MX records
        ["Names"] = Family,
        ["Conch"] = Family,
        ["Protocols"] = Family,
        ["Enterprise"] = Family,
        ["Quotes"] = [], // business objects of a tutorial: they know of no network
        ["Hosting"] = ["Core", "Runtime", "Application"],
        ["AspNetCore"] = ["Core", "Runtime", "Application", "Web"],
    };

    // The tool and the meta-package stand on top.
    private static readonly string[] Everything = ["Twistd", "Twisted"];

    [Fact]
    public void Rooms_reference_only_what_stands_below_them() => Clean.Assert(Tree.Projects.SelectMany(Violations));

    [Fact]
    public void The_core_ships_with_one_package() => Clean.Assert(
        from project in Tree.Projects
        where project.Name == "Twisted.Core"
        from package in project.ShippedPackages
        where package != "Microsoft.Extensions.Logging.Abstractions"
        select $"{project.Path}: Core may not depend on {package}");

    [Theory]
    [InlineData("Twisted.Core", "Twisted.Runtime")]
    [InlineData("Twisted.Runtime", "Twisted.Testing")]
    [InlineData("Twisted.Web", "Twisted.Runtime")]
    [InlineData("Twisted.Web", "Twisted.Names")]
    [InlineData("Twisted.Hosting", "Twisted.Web")]
    [InlineData("Twisted.Core", "Twisted.Core.Tests")]
    [InlineData("Twisted.Newcomer", "Twisted.Core")]
    public void An_arrow_that_is_not_in_the_table_is_found(string from, string to) =>
        Assert.Single(Violations(Project(from, to)));

    [Theory]
    [InlineData("Twisted.Mail", "Twisted.Names")]
    [InlineData("Twisted.AspNetCore", "Twisted.Web")]
    [InlineData("Twistd", "Twisted.Conch")]
    public void An_arrow_of_the_table_is_allowed(string from, string to) => Assert.Empty(Violations(Project(from, to)));

    private static IEnumerable<string> Violations(ProjectFile project)
    {
        if (!project.IsProduct || Everything.Contains(project.Name))
            return [];
        return Table.TryGetValue(Room(project.Name), out string[]? allowed)
            ? project.References.Where(reference => !allowed.Contains(Room(reference)))
                .Select(reference => $"{project.Path}: may not reference {reference}")
            : [$"{project.Path}: this room has no place in the house yet; give it one in {nameof(LayeringTests)}"];
    }

    private static string Room(string project) =>
        project.StartsWith("Twisted.", StringComparison.Ordinal) ? project["Twisted.".Length..] : project;

    private static ProjectFile Project(string name, string reference) => new(
        $"src/{name}/{name}.csproj",
        $"""<Project><I><ProjectReference Include="../{reference}/{reference}.csproj" /></I></Project>""");
}
