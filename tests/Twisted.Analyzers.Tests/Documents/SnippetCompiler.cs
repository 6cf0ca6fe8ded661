using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Twisted.Analyzers.Tests.Documents;

/// <summary>
/// Compiles snippets as a user's project would: implicit usings, all rooms, the analyzers of the package.
/// </summary>
internal static class SnippetCompiler
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Twisted;
        global using Twisted.Internet;
        global using Twisted.Protocols;
        """;

    // An async method without await, or a name that is not used, is no mistake in a piece of code.
    private static readonly string[] OfNoInterest = ["CS1998", "CS8321", "CS0168", "CS0219"];

    // Extension blocks are still a preview for the compiler that analyzers are built against.
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not ("Twisted.Analyzers.dll" or "Twisted.Generators.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(TwistedRule).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static CSharpCompilation Compile(Snippet snippet) => CSharpCompilation.Create(
        "Snippet",
        [CSharpSyntaxTree.ParseText(Usings, ParseOptions), CSharpSyntaxTree.ParseText(snippet.File, ParseOptions)],
        References,
        new CSharpCompilationOptions(
            snippet.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions:
            [
                .. snippet.Rules.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Warn)),
                // A package built for an older one, which the SDK does not tell of either.
                KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress),
            ],
            warningLevel: 9));

    /// <summary>Errors and warnings, of the compiler and of our rules, with the document's lines.</summary>
    internal static async Task<IReadOnlyList<string>> Complaints(Snippet snippet)
    {
        ImmutableArray<Diagnostic> all = await Compile(snippet).WithAnalyzers(Analyzers).GetAllDiagnosticsAsync();
        return
        [
            .. all.Where(found => found.Severity >= DiagnosticSeverity.Warning && !found.IsSuppressed
                    && !OfNoInterest.Contains(found.Id))
                .OrderBy(found => found.Location.SourceSpan.Start)
                .Select(Text),
        ];
    }

    /// <summary>Runs a program and returns what it printed.</summary>
    internal static string Run(Snippet snippet)
    {
        using var image = new MemoryStream();
        Assert.True(Compile(snippet).Emit(image).Success, snippet.Place);
        MethodInfo main = Assembly.Load(image.ToArray()).EntryPoint!;
        TextWriter console = Console.Out;
        using var printed = new StringWriter { NewLine = "\n" };
        Console.SetOut(printed);
        try
        {
            main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }
        return printed.ToString();
    }

    private static string Text(Diagnostic found)
    {
        FileLinePositionSpan place = found.Location.GetMappedLineSpan();
        string at = $"{place.Path}:{place.StartLinePosition.Line + 1}: {found.Id}";
        return found.Id.StartsWith("TW", StringComparison.Ordinal) ? at : $"{at}: {found.GetMessage(null)}";
    }
}
