namespace Twisted.Daemon.Tests;

/// <summary>What happens when a plugin that was asked for is loaded.</summary>
public sealed class PluginLoadTests : IDisposable
{
    private readonly PluginCompiler _plugins = new();

    public void Dispose() => _plugins.Dispose();

    [Fact]
    public void A_maker_speaks_of_the_tools_own_types()
    {
        _plugins.Answering("Good", "good", "\"\"");
        IServiceMaker maker = Load("good");
        Assert.Equal("tcp:0:interface=127.0.0.1", maker.OptionsType.GetProperty("Port")!.GetValue(maker.MakeOptions()));
        Assert.NotSame(typeof(PluginLoadTests).Assembly, maker.GetType().Assembly);
    }

    [Fact]
    public void Who_reads_the_command_line_again_gets_the_code_that_is_loaded()
    {
        _plugins.Answering("Again", "again", "\"\"");
        Assert.Same(Load("again").GetType(), Load("again").GetType());
    }

    [Fact]
    public void Two_plugins_have_two_versions_of_the_same_dependency_side_by_side()
    {
        foreach (string plugin in (string[])["One", "Two"])
        {
            string version = plugin == "One" ? "1.0.0.0" : "2.0.0.0";
            string library = _plugins.Library(
                $"{plugin}/Library.dll", version, $$"""public static string Text() => "{{version}}";""");
            _plugins.Maker(plugin, plugin, """
                public override IService MakeService(Options options, IApplicationContext application) =>
                    throw new FormatException(Library.Text() + " " + typeof(Library).Assembly.GetName().Version);
                """, "Library.Text()", library);
        }
        Assert.Equal("1.0.0.0 1.0.0.0", Said(Load("One")));
        Assert.Equal("2.0.0.0 2.0.0.0", Said(Load("Two")));

        static string Said(IServiceMaker maker) => Assert.Throws<FormatException>(
            () => maker.MakeService(maker.MakeOptions(), null!)).Message;
    }

    [Fact]
    public void A_dependency_of_the_tools_own_does_not_come_in_the_way_of_a_plugins()
    {
        string library = _plugins.Compile("Parser/System.CommandLine.dll", """
            [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
            public static class Library { public static string Text() => "the plugin's"; }
            """, []);
        _plugins.Maker("Parser", "parser", """
            public override IService MakeService(Options options, IApplicationContext application) =>
                throw new FormatException(Library.Text());
            """, "Library.Text()", library);
        IServiceMaker maker = Load("parser");
        Assert.Equal("the plugin's",
            Assert.Throws<FormatException>(() => maker.MakeService(maker.MakeOptions(), null!)).Message);
    }

    [Theory]
    [InlineData("public Maker() => throw new IOException(\"no luck\");", "IOException: no luck")]
    [InlineData("static readonly int X = int.Parse(\"x\"); public Maker() { _ = X; }", "FormatException: ")]
    [InlineData("public Maker(int number) { }", "MissingMethodException: ")]
    public void One_that_throws_while_it_is_loaded_is_told_with_its_path_and_the_cause(string members, string told)
    {
        string path = _plugins.Maker("Bad", "bad", members + """
            public override IService MakeService(Options options, IApplicationContext application) => null;
            """);
        Assert.StartsWith($"The plugin {path} cannot be loaded: {told}",
            Assert.Throws<PluginLoadException>(() => Load("bad")).Message);
    }

    [Fact]
    public void A_maker_that_is_none_is_told()
    {
        _plugins.Compile("None/None.dll", """
            using Twisted.Application.Plugins;
            [assembly: TwistdPlugin(typeof(Other), "none", "1")]
            public class Other;
            """, [Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(typeof(IServiceMaker).Assembly.Location)]);
        Assert.EndsWith("cannot be loaded: Other is no IServiceMaker.",
            Assert.Throws<PluginLoadException>(() => Load("none")).Message);
    }

    [Fact]
    public void A_maker_that_is_not_there_is_told()
    {
        string path = _plugins.Answering("Real", "real", "\"\"");
        var missing = new FoundPlugin(path, new("Gone.Maker", "real", ""), null);
        Assert.StartsWith($"The plugin {path} cannot be loaded: TypeLoadException: ",
            Assert.Throws<PluginLoadException>(missing.Load).Message);
    }

    [Fact]
    public void A_dependency_that_is_not_there_is_told()
    {
        string library = _plugins.Library("Poor/Library.dll", "1.0.0.0", "public class Base;");
        _plugins.Maker("Poor", "poor", """
            public Library.Base Field = new();
            public override IService MakeService(Options options, IApplicationContext application) => null;
            """, "\"\"", library);
        File.Delete(library);
        Assert.Contains("cannot be loaded: FileNotFoundException: ",
            Assert.Throws<PluginLoadException>(() => Load("poor")).Message);
    }

    [Fact]
    public void A_list_of_dependencies_that_is_damaged_is_told()
    {
        _plugins.Answering("Listed", "listed", "\"\"");
        File.WriteAllText(_plugins.PathTo("Listed/Listed.deps.json"), "{ nonsense");
        Assert.Contains("cannot be loaded: ", Assert.Throws<PluginLoadException>(() => Load("listed")).Message);
    }

    private IServiceMaker Load(string name)
    {
        var catalog = new PluginCatalog([]);
        catalog.Add(_plugins.Folder);
        Assert.Empty(catalog.Complaints(null));
        return catalog.Plugins[name].Load();
    }
}
