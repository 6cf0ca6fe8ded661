using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Twisted.Daemon.Tests;

/// <summary>Builds plugins, good ones and broken ones, in a folder of their own, which is removed at the end.</summary>
public sealed class PluginCompiler : IDisposable
{
    private static readonly MetadataReference[] Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly MetadataReference[] Twisted =
    [
        MetadataReference.CreateFromFile(typeof(IReactor).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(IServiceMaker).Assembly.Location),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plugins-");

    /// <summary>The folder of plugins.</summary>
    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The path of a file in the folder; the folders above it are made.</summary>
    public string PathTo(string file)
    {
        string path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>A plugin in a folder of its own that answers each connection with a text.</summary>
    /// <param name="assembly">Its name.</param>
    /// <param name="command">Its sub-command.</param>
    /// <param name="answer">The text, as C#.</param>
    /// <param name="dependencies">Assemblies that the C# uses.</param>
    /// <returns>The path of the assembly.</returns>
    public string Answering(string assembly, string command, string answer, params string[] dependencies) =>
        Maker(assembly, command, $$"""
            public Maker() { }
            public override IService MakeService(Options options, IApplicationContext application) =>
                application.Serve(options.Port, Factory.For(() => new Answer(options)));
            """, answer, dependencies);

    /// <summary>A plugin in a folder of its own whose maker has these members.</summary>
    public string Maker(
        string assembly, string command, string members, string answer = "\"\"", params string[] dependencies) =>
        Compile($"{assembly}/{assembly}.dll", Source(command, members, answer), [.. Twisted],
            dependencies);

    /// <summary>A dependency for plugins.</summary>
    public string Library(string file, string version, string members) => Compile(file, $$"""
        [assembly: System.Reflection.AssemblyVersion("{{version}}")]
        public static class Library { {{members}} }
        """, []);

    /// <summary>A plugin that was built for another version of the contract.</summary>
    public string BuiltFor(string version, string assembly, string command)
    {
        // The compiler wants the version that it refers to: a contract of the same name, with the attribute alone.
        string contract = Compile("contract/Twisted.Application.dll", $$"""
            [assembly: System.Reflection.AssemblyVersion("{{version}}")]
            namespace Twisted.Application.Plugins;
            [System.AttributeUsage(System.AttributeTargets.Assembly)]
            public class TwistdPluginAttribute(System.Type maker, string name, string text) : System.Attribute;
            """, []);
        string plugin = Compile($"{assembly}/{assembly}.dll", $$"""
            [assembly: Twisted.Application.Plugins.TwistdPlugin(typeof(Maker), "{{command}}", "Newer.")]
            public class Maker;
            """, [], contract);
        Directory.Delete(Path.GetDirectoryName(contract)!, recursive: true);
        return plugin;
    }

    /// <summary>Compiles C# to a file of the folder.</summary>
    public string Compile(string file, string source, MetadataReference[] references, params string[] dependencies)
    {
        string path = PathTo(file);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(file),
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))],
            [.. Platform, .. references, .. dependencies.Select(one => MetadataReference.CreateFromFile(one))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using FileStream image = File.Create(path);
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error));
        return path;
    }

    private static string Source(string command, string members, string answer) => $$"""
        using System;
        using System.IO;
        using System.Text;
        using Twisted;
        using Twisted.Application;
        using Twisted.Application.Plugins;
        using Twisted.Internet;

        [assembly: TwistdPlugin(typeof(Maker), "{{command}}", "Answers\nat once.")]

        public record Options
        {
            [Option("--port", "-p", Description = "Where to listen.")]
            public string Port { get; init; } = "tcp:0:interface=127.0.0.1";

            [Option("--text")]
            public string Text { get; init; } = "";
        }

        public class Answer(Options options) : Protocol
        {
            protected override void ConnectionMade()
            {
                Transport.Write(Encoding.UTF8.GetBytes(options.Text + {{answer}}));
                Transport.LoseConnection();
            }
        }

        public class Maker : ServiceMaker<Options>
        {
            {{members}}
        }
        """;
}
