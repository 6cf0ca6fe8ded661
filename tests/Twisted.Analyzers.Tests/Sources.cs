using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Twisted.Analyzers.Tests;

/// <summary>Compiles text against the built Twisted.Core. Warnings are errors, as in the tree.</summary>
internal static class Sources
{
    /// <summary>What a program that references the package has on top of it.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Net;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Twisted;
        global using Twisted.Internet;
        """;

    // Extension blocks are still a preview for the compiler that analyzers are built against.
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] References = FindReferences();

    internal static CSharpCompilation Compile(OutputKind kind, params IEnumerable<string> sources) =>
        CSharpCompilation.Create(
            "UnderTest",
            sources.Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions)),
            References,
            new CSharpCompilationOptions(
                kind,
                nullableContextOptions: NullableContextOptions.Enable,
                generalDiagnosticOption: ReportDiagnostic.Error,
                specificDiagnosticOptions: [new("TW0006", ReportDiagnostic.Error)], // off by default
                warningLevel: 9));

    /// <summary>A class library; members and types only.</summary>
    internal static CSharpCompilation Library(string source) =>
        Compile(OutputKind.DynamicallyLinkedLibrary, ImplicitUsings, source);

    /// <summary>A program with top-level statements.</summary>
    internal static CSharpCompilation Script(string source) =>
        Compile(OutputKind.ConsoleApplication, ImplicitUsings, source);

    /// <summary>A file of the folder Cases, which brings its own usings.</summary>
    internal static string Case(string name)
    {
        using Stream stream = typeof(Sources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no Cases/{name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static MetadataReference[] FindReferences()
    {
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string[] wanted = [typeof(Deferred).Assembly.Location, .. trusted.Split(Path.PathSeparator).Where(IsNeeded)];
        return [.. wanted.Distinct().Select(path => MetadataReference.CreateFromFile(path))];
    }

    private static bool IsNeeded(string path) =>
        Path.GetFileName(path) is var name
        && (name.StartsWith("System.", StringComparison.Ordinal)
            || name is "mscorlib.dll" or "netstandard.dll" or "Microsoft.Extensions.Logging.Abstractions.dll");
}
