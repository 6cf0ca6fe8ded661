namespace Twisted.Analyzers.Tests.Documents;

/// <summary>What the documents show compiles, and does what they say.</summary>
public class SnippetTests
{
    public static TheoryData<string> Places() => [.. SnippetReader.All.Select(snippet => snippet.Place)];

    public static TheoryData<string> Programs() =>
        [.. SnippetReader.All.Where(snippet => snippet.Runs).Select(snippet => snippet.Place)];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_snippet_compiles_and_breaks_only_the_rules_that_it_names(string place)
    {
        Snippet snippet = At(place);
        Assert.Equal(snippet.Announced, await SnippetCompiler.Complaints(snippet));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_prints_what_the_document_says(string place)
    {
        Snippet snippet = At(place);
        Assert.Equal(snippet.Output, SnippetCompiler.Run(snippet));
    }

    [Fact]
    public void The_guides_of_both_languages_show_the_same_code() => Assert.Equal(
        SnippetReader.Of("docs/guide.md").Select(snippet => snippet.Code),
        SnippetReader.Of("docs/guide.zh.md").Select(snippet => snippet.Code));

    [Fact]
    public void A_block_without_its_comment_is_refused()
    {
        var refused = Assert.Throws<InvalidOperationException>(
            () => SnippetReader.Of("docs/x.md", "Text.\n\n```csharp\nint x;\n```\n").ToArray());
        Assert.StartsWith("docs/x.md:4: a C# block needs a comment", refused.Message);
    }

    [Fact]
    public void A_block_takes_its_kind_its_hidden_code_and_its_output_from_around_it()
    {
        Snippet snippet = Assert.Single(SnippetReader.Of("docs/x.md",
            "<!-- snippet: program run\nclass C;\n-->\n```csharp\nreturn;\n```\n\n```text\nx\n```\n"));
        Assert.Equal("program", snippet.Kind);
        Assert.True(snippet.Runs);
        Assert.Equal("\nclass C;", snippet.Hidden);
        Assert.Equal("return;", snippet.Code);
        Assert.Equal("x\n", snippet.Output);
    }

    [Fact]
    public async Task A_mistake_is_reported_with_its_line_in_the_document()
    {
        var snippet = new Snippet("docs/x.md", 7, "statements", Runs: false, "", "int x = 1;\nx.Fly();", null);
        Assert.StartsWith("docs/x.md:8: CS1061", Assert.Single(await SnippetCompiler.Complaints(snippet)));
    }

    private static Snippet At(string place) => SnippetReader.All.Single(snippet => snippet.Place == place);
}
