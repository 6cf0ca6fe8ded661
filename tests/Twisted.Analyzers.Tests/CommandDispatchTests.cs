using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Twisted.Generators;

namespace Twisted.Analyzers.Tests;

/// <summary>What the generator of dispatch methods writes, and refuses to write.</summary>
public class CommandDispatchTests
{
    [Fact]
    public void The_switch_is_over_the_length_and_then_the_bytes()
    {
        (string source, ImmutableArray<Diagnostic> found) = Generated("""
            partial class Server
            {
                [CommandDispatch] private partial bool Dispatch(System.ReadOnlySpan<byte> name, in int request);
                [Command("QUIT"), Command("EXIT")] private void Quit(in int request) { }
                [Command("HELO")] private static void Hello(in int request) { }
            }
            """);
        Assert.Empty(found);
        Assert.Contains("case 4:", source, StringComparison.Ordinal);
        Assert.Contains("SequenceEqual(name, \"EXIT\"u8)", source, StringComparison.Ordinal);
        Assert.Contains("Quit(in request);", source, StringComparison.Ordinal);
        Assert.Contains("return false;", source, StringComparison.Ordinal);
    }

    [Fact]
    public void An_override_asks_the_base_class_and_case_may_be_ignored()
    {
        (string source, ImmutableArray<Diagnostic> found) = Generated("""
            partial class Base
            {
                [CommandDispatch] protected virtual partial bool Dispatch(System.ReadOnlySpan<byte> name);
            }
            partial class Derived : Base
            {
                [CommandDispatch(IgnoreCase = true)]
                protected override partial bool Dispatch(System.ReadOnlySpan<byte> name);
                [Command("A\"b")] private void Odd() { }
            }
            """);
        Assert.Empty(found);
        Assert.Contains("return base.Dispatch(name);", source, StringComparison.Ordinal);
        Assert.Contains("EqualsIgnoreCase(name, \"A\\\"B\"u8)", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Command(\"A\")] void One() { } [Command(\"A\")] void Two() { }", "", "TW0101")]
    [InlineData("[Command(\"A\")] void One() { } [Command(\"a\")] void Two() { }", "(IgnoreCase = true)", "TW0101")]
    [InlineData("[Command(\"A\")] void One() { } [Command(\"a\")] void Two() { }", "", null)]
    public void Two_methods_for_one_command_are_refused(string methods, string settings, string? rule)
    {
        (_, ImmutableArray<Diagnostic> found) = Generated(
            $"partial class C {{ [CommandDispatch{settings}] private partial bool D(System.ReadOnlySpan<byte> n); "
            + methods + " }");
        Assert.Equal(rule is null ? [] : [rule], found.Select(one => one.Id));
    }

    [Theory]
    [InlineData("partial class C { [CommandDispatch] private partial void D(System.ReadOnlySpan<byte> n); }")]
    [InlineData("partial class C { [CommandDispatch] private partial bool D(string n); }")]
    [InlineData("partial class C { [CommandDispatch] private bool D(System.ReadOnlySpan<byte> n) => true; }")]
    [InlineData("partial class C<T> { [CommandDispatch] private partial bool D(System.ReadOnlySpan<byte> n); }")]
    public void A_method_that_cannot_be_written_is_refused(string code)
    {
        (_, ImmutableArray<Diagnostic> found) = Generated(code);
        Assert.Equal("TW0102", Assert.Single(found).Id);
    }

    /// <summary>What is written, and what is complained of; without complaints it must compile.</summary>
    private static (string Source, ImmutableArray<Diagnostic> Found) Generated(string code)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        CSharpCompilation compilation = CSharpCompilation.Create("Case",
            [CSharpSyntaxTree.ParseText("using Twisted.Protocols;\n" + code, options)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create([new CommandDispatchGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(
                compilation, out Compilation whole, out ImmutableArray<Diagnostic> found);
        if (found.IsEmpty)
            Assert.Empty(whole.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error));
        return (string.Concat(whole.SyntaxTrees.Skip(1).Select(tree => tree.ToString())), found);
    }
}
