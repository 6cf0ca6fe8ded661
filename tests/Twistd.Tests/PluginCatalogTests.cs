using System.Runtime.Loader;

namespace Twisted.Daemon.Tests;

/// <summary>What is found in a folder of plugins, and what is said of the rest; nothing of it is loaded.</summary>
public sealed class PluginCatalogTests : IDisposable
{
    private readonly PluginCompiler _plugins = new();

    public void Dispose() => _plugins.Dispose();

    [Fact]
    public void A_plugin_is_found_in_a_folder_of_its_own_and_alone_without_being_loaded()
    {
        string own = _plugins.Answering("Own.Found", "own", "\"\"");
        string alone = _plugins.PathTo("Alone.Found.dll");
        File.Move(_plugins.Answering("Alone.Found", "alone", "\"\""), alone);
        Directory.Delete(_plugins.PathTo("Alone.Found"));
        PluginCatalog catalog = Scan();
        Assert.Empty(catalog.Complaints(null));
        Assert.Equal(["alone", "own"], catalog.Plugins.Keys.Order());
        Assert.Equal(new FoundPlugin(own, new("Maker", "own", "Answers\nat once."), null), catalog.Plugins["own"]);
        Assert.Equal(alone, catalog.Plugins["alone"].Path);
        Assert.DoesNotContain(AssemblyLoadContext.All,
            context => context.Assemblies.Any(loaded => loaded.GetName().Name!.EndsWith(".Found")));
    }

    [Fact]
    public void An_assembly_may_declare_several()
    {
        _plugins.Compile("Two/Two.dll", """
            using Twisted.Application.Plugins;
            [assembly: TwistdPlugin(typeof(int), "one", "1")]
            [assembly: System.Reflection.AssemblyCompany("none of our attributes")]
            [assembly: TwistdPlugin(typeof(Other.Two), "two", "2")]
            namespace Other { public class Two; }
            """, [Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(typeof(IServiceMaker).Assembly.Location)]);
        Assert.Equal(["one", "two"], Scan().Plugins.Keys.Order());
        Assert.Equal("Other.Two", Scan().Plugins["two"].Declaration.Maker);
    }

    [Fact]
    public void What_is_no_assembly_or_damaged_is_told_with_its_path()
    {
        string text = _plugins.PathTo("Text/Text.dll");
        File.WriteAllText(text, "my diary");
        string empty = _plugins.PathTo("Empty.dll");
        File.WriteAllText(empty, "");
        Assert.Equal(2, Scan().Complaints(null).Count());
        Assert.Contains(Scan().Complaints(null), line => line.StartsWith($"The plugin {text} is skipped: "));
        Assert.Contains(Scan().Complaints(null), line => line.StartsWith($"The plugin {empty} is skipped: "));
    }

    [Fact]
    public void Wherever_an_assembly_is_cut_off_it_is_told_or_still_whole()
    {
        string path = _plugins.Answering("Cut", "cut", "\"\"");
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length += 31)
        {
            File.WriteAllBytes(path, whole[..length]);
            PluginCatalog catalog = Scan();
            Assert.Equal(1, catalog.Complaints(null).Count() + catalog.Plugins.Count);
        }
    }

    [Fact]
    public void Whatever_byte_of_an_assembly_is_another_nothing_is_thrown()
    {
        string path = _plugins.Answering("Bent", "bent", "\"\"");
        byte[] whole = File.ReadAllBytes(path);
        for (int at = 0; at < whole.Length; at += 13)
        {
            byte[] bent = [.. whole];
            bent[at] ^= 0xFF;
            File.WriteAllBytes(path, bent);
            PluginCatalog catalog = Scan();
            Assert.InRange(catalog.Complaints(null).Count() + catalog.Plugins.Count, 1, 2);
        }
    }

    [Fact]
    public void A_folder_without_its_assembly_and_an_assembly_without_the_attribute_are_told()
    {
        Directory.CreateDirectory(_plugins.PathTo("Hollow/x"));
        Directory.CreateDirectory(_plugins.PathTo(".git/x"));
        _plugins.Library("Plain/Plain.dll", "1.0.0.0", "");
        _plugins.Library("Dependency.dll", "1.0.0.0", ""); // beside plugins: it is none, and need not be
        Assert.Equal(
        [
            $"The plugin {_plugins.PathTo("Hollow")} is skipped: there is no Hollow.dll in it.",
            $"The plugin {_plugins.PathTo("Plain/Plain.dll")} is skipped: It has no [assembly: TwistdPlugin].",
        ], Scan().Complaints(null).Order());
    }

    [Theory]
    [InlineData("echo", "is the tool's own")]
    [InlineData("", "is no name for a sub-command")]
    [InlineData("two words", "is no name for a sub-command")]
    [InlineData("--help", "is no name for a sub-command")]
    public void A_name_that_cannot_be_is_told(string name, string told)
    {
        _plugins.Answering("Named", name, "\"\"");
        PluginCatalog catalog = Scan();
        Assert.Empty(catalog.Plugins);
        Assert.Contains($"'{name}' {told}", Assert.Single(catalog.Complaints(null)));
    }

    [Fact]
    public void The_first_of_a_name_has_it()
    {
        string first = _plugins.Answering("A", "same", "\"\"");
        string second = _plugins.Answering("B", "same", "\"\"");
        PluginCatalog catalog = Scan();
        Assert.Equal(first, catalog.Plugins["same"].Path);
        Assert.Equal($"The plugin {second} is skipped: 'same' is that of {first} already.",
            Assert.Single(catalog.Complaints(null)));
    }

    [Fact]
    public void One_for_a_newer_contract_is_told_unless_it_is_asked_for_and_then_refused()
    {
        string path = _plugins.BuiltFor("99.0.0.0", "Newer", "newer");
        PluginCatalog catalog = Scan();
        Assert.Matches(@" is skipped: It was built for Twisted\.Application 99\.0\.0, and this is \d+\.\d+\.\d+: ",
            Assert.Single(catalog.Complaints(null)));
        Assert.Empty(catalog.Complaints("newer"));
        Assert.StartsWith($"The plugin {path} cannot be loaded: It was built for Twisted.Application 99.0.0",
            Assert.Throws<PluginLoadException>(catalog.Plugins["newer"].Load).Message);
    }

    [Fact]
    public void One_for_an_older_contract_is_taken()
    {
        _plugins.BuiltFor("0.0.1.0", "Older", "older");
        Assert.Empty(Scan().Complaints(null));
    }

    private PluginCatalog Scan()
    {
        var catalog = new PluginCatalog(["echo"]);
        catalog.Add(_plugins.Folder);
        return catalog;
    }
}
