namespace Twisted.Tidy.Tests;

/// <summary>Inside a project folders are rooms: they stand above each other, never around each other.</summary>
public class FolderCircleTests
{
    [Fact]
    public void No_project_has_a_circle_of_folders() => Clean.Assert(
        Tree.Product.GroupBy(source => source.Project)
            .SelectMany(project => new FolderArrows([.. project]).Circles()));

    [Fact]
    public void A_circle_is_found_and_named_by_the_types_that_close_it()
    {
        string circle = Assert.Single(Circles(
            ("A/One.cs", "class One : Three;"),
            ("B/Two.cs", "class Two { One _one; }"),
            ("C/Three.cs", "class Three { void M() => Two.Go(); }")));
        Assert.Contains("src/P/A -> src/P/C: Three", circle, StringComparison.Ordinal);
        Assert.Contains("src/P/B -> src/P/A: One", circle, StringComparison.Ordinal);
        Assert.Contains("src/P/C -> src/P/B: Two", circle, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("// Two is above\nclass One { string s = \"Two\"; }")]
    [InlineData("class One { event System.Action Two; void M() => Two?.Invoke(); }")]
    [InlineData("class One { void M(One x) => x.Two(); }")]
    [InlineData("class One { One M() => new() { Two = 1 }; }")]
    [InlineData("using P.Two; class One;")]
    [InlineData("/// <summary><see cref=\"Two\"/></summary>\nclass One;")]
    public void What_only_looks_like_a_type_is_no_arrow(string one) =>
        Assert.Empty(Circles(("A/One.cs", one), ("B/Two.cs", "class Two : One;")));

    [Theory]
    [InlineData("class One { System.Collections.Generic.List<Two> All; }")]
    [InlineData("class One { void M(object o) { if (o is Two) { } } }")]
    [InlineData("class One { object M() => new Two(); }")]
    [InlineData("class One { object M() => typeof(Two); }")]
    [InlineData("class One { void M() { Two.Go(); } }")]
    [InlineData("[Two] class One;")]
    public void Every_way_to_name_a_type_is_an_arrow(string one) =>
        Assert.Single(Circles(("A/One.cs", one), ("B/Two.cs", "class Two : One;")));

    [Fact]
    public void A_type_that_several_folders_declare_belongs_to_each() =>
        Assert.Empty(Circles(
            ("A/One.cs", "class One { void M() => Log.It(); }"),
            ("A/Log.cs", "static class Log;"),
            ("B/Two.cs", "class Two : One;"),
            ("B/Log.cs", "static class Log;")));

    private static IEnumerable<string> Circles(params (string Path, string Text)[] files) =>
        new FolderArrows([.. files.Select(file => new SourceFile("src/P/" + file.Path, file.Text))]).Circles();
}
