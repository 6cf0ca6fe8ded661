using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twisted.Tidy.Tests;

/// <summary>A file is named after its one public type, and a type after what it is.</summary>
public partial class NamingTests
{
    [Fact]
    public void A_file_of_the_product_has_one_public_type_and_its_name() =>
        Clean.Assert(Tree.Product.SelectMany(MisnamedFile));

    [Fact]
    public void No_class_is_named_by_an_empty_word() => Clean.Assert(Tree.Sources.SelectMany(EmptyNames));

    [Fact]
    public void Every_file_parses() => Clean.Assert(
        from source in Tree.Sources
        where !source.Path.StartsWith("samples/", StringComparison.Ordinal) // file-based programs have directives
        from error in source.Root.GetDiagnostics()
        where error.Severity == DiagnosticSeverity.Error
        select $"{source.Path}: {error}");

    [Theory]
    [InlineData("Deferred.cs", "public class Deferred;")]
    [InlineData("Deferred.Links.cs", "public partial class Deferred;")]
    [InlineData("DeferredOfT.cs", "public class Deferred<T>;")]
    [InlineData("DeferredOfT.Links.cs", "public partial class Deferred<T>;")]
    [InlineData("DeferredQueue.cs", "public class DeferredQueue<T>;")]
    [InlineData("Callback.cs", "public delegate void Callback();")]
    [InlineData("Outer.cs", "public class Outer { public class Inner; } class Beside;")]
    [InlineData("Kinds.cs", "class OneKind; class OtherKind;")]
    [InlineData("Spaced.cs", "namespace A.B; public enum Spaced;")]
    public void A_good_file_name_passes(string name, string text) =>
        Assert.Empty(MisnamedFile(new("src/P/" + name, text)));

    [Theory]
    [InlineData("Deferreds.cs", "public class Deferred;")]
    [InlineData("DeferredOfT.cs", "public class Deferred;")]
    [InlineData("deferred.cs", "namespace A { public class Deferred; }")]
    [InlineData("Outcome.cs", "public struct Outcome; public struct Outcome<T>;")]
    [InlineData("Outcome.cs", "public struct Outcome; public enum Other;")]
    public void A_bad_file_name_is_found(string name, string text) =>
        Assert.Single(MisnamedFile(new("src/P/" + name, text)));

    [Theory]
    [InlineData("class TimerManager;")]
    [InlineData("class C { class LineHandler : IDisposable; }")]
    [InlineData("static class StringUtils;")]
    [InlineData("static class Helpers;")]
    [InlineData("record ReactorEngine;")]
    public void An_empty_word_is_found(string text) => Assert.Single(EmptyNames(new("tests/P/C.cs", text)));

    [Theory]
    [InlineData("class ReactorHttpHandler : System.Net.Http.HttpMessageHandler;")] // what the platform calls it
    [InlineData("class Handlers2; class Managers { }")]
    public void The_platforms_own_words_may_be_inherited(string text) =>
        Assert.Empty(EmptyNames(new("src/P/C.cs", text)));

    private static IEnumerable<string> MisnamedFile(SourceFile source)
    {
        (string Name, int Arity, SyntaxToken At)[] types =
            [.. source.Nodes.Select(PublicType).OfType<(string, int, SyntaxToken)>()];
        if (types.DistinctBy(type => (type.Name, type.Arity)).Skip(1).FirstOrDefault() is { Name: not null } second)
            yield return $"{source.At(second.At)}: a second public type ({second.Name}); give it its own file";
        else if (types is [var only, ..] && !IsNamedAfter(source.Name, only.Name, only.Arity))
            yield return $"{source.Path}: name the file after its public type {only.Name}";
    }

    private static bool IsNamedAfter(string file, string type, int arity)
    {
        string first = file.Split('.')[0];
        return first == type || (arity > 0 && first == type + "OfT");
    }

    private static (string, int, SyntaxToken)? PublicType(SyntaxNode node)
    {
        if (node.Parent is not (CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            || node is not MemberDeclarationSyntax member
            || !member.Modifiers.Any(SyntaxKind.PublicKeyword))
            return null;
        return node switch
        {
            TypeDeclarationSyntax type => (type.Identifier.ValueText, type.Arity, type.Identifier),
            BaseTypeDeclarationSyntax type => (type.Identifier.ValueText, 0, type.Identifier),
            DelegateDeclarationSyntax type => (type.Identifier.ValueText, type.Arity, type.Identifier),
            _ => null,
        };
    }

    private static IEnumerable<string> EmptyNames(SourceFile source) =>
        from type in source.Nodes.OfType<TypeDeclarationSyntax>()
        let word = EmptyWord().Match(type.Identifier.ValueText)
        where word.Success && type.BaseList?.Types.Any(InheritsWord(word.Value)) != true
        select $"{source.At(type.Identifier)}: {type.Identifier.ValueText} says nothing with {word.Value}; "
            + "name it after what it is";

    private static Func<BaseTypeSyntax, bool> InheritsWord(string word) =>
        inherited => inherited.Type.ToString().EndsWith(word, StringComparison.Ordinal);

    [GeneratedRegex("(Manager|Handler|Helpers?|Utils?|Utilities|Engine)$")]
    private static partial Regex EmptyWord();
}
