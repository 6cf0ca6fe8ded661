using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twisted.Tidy.Tests;

/// <summary>
/// Folders as rooms, the types they use of each other as arrows. An arrow A to B: a file in A names a type that only B
/// declares. Read from the syntax alone: fast, needs no build.
/// </summary>
internal sealed class FolderArrows
{
    private readonly Dictionary<string, string> _home = []; // type -> the one folder that declares it
    private readonly HashSet<string> _members = [];         // names that may mean a member as well
    private readonly Dictionary<(string From, string To), SortedSet<string>> _arrows = [];

    /// <summary>Reads the files of one project.</summary>
    internal FolderArrows(IReadOnlyCollection<SourceFile> project)
    {
        foreach (IGrouping<string, string> type in project
            .SelectMany(source => Declared(source).Select(name => (name, source.Folder))).Distinct()
            .GroupBy(type => type.name, type => type.Folder))
        {
            if (type.Count() == 1)
                _home[type.Key] = type.Single();
        }
        _members.UnionWith(project.SelectMany(source => source.Nodes).Select(MemberName).OfType<string>());
        foreach (SourceFile source in project)
            Draw(source);
    }

    /// <summary>Each circle as one line: the folders in it, and the types that close it.</summary>
    internal IEnumerable<string> Circles()
    {
        string[] folders = [.. _arrows.Keys.SelectMany(arrow => new[] { arrow.From, arrow.To }).Distinct().Order()];
        var reachable = folders.ToDictionary(folder => folder, Reachable);
        var told = new HashSet<string>();
        foreach (string folder in folders)
        {
            string[] circle = [.. folders.Where(o => reachable[folder].Contains(o) && reachable[o].Contains(folder))];
            if (circle.Length > 0 && told.Add(string.Join(' ', circle)))
                yield return Describe(circle);
        }
    }

    private string Describe(string[] circle) => $"circle of {string.Join(", ", circle)}:\n" + string.Join('\n',
        from arrow in _arrows
        where circle.Contains(arrow.Key.From) && circle.Contains(arrow.Key.To)
        select $"    {arrow.Key.From} -> {arrow.Key.To}: {string.Join(' ', arrow.Value)}");

    /// <summary>Where one can get to, not counting standing still.</summary>
    private HashSet<string> Reachable(string start)
    {
        var seen = new HashSet<string>();
        var next = new Queue<string>([start]);
        while (next.TryDequeue(out string? at))
        {
            foreach ((string From, string To) arrow in _arrows.Keys)
            {
                if (arrow.From == at && seen.Add(arrow.To))
                    next.Enqueue(arrow.To);
            }
        }
        return seen;
    }

    private void Draw(SourceFile source)
    {
        foreach (SimpleNameSyntax name in source.Nodes.OfType<SimpleNameSyntax>())
        {
            if (!_home.TryGetValue(name.Identifier.ValueText, out string? home)
                || home == source.Folder
                || !NamesType(name))
                continue;
            if (!_arrows.TryGetValue((source.Folder, home), out SortedSet<string>? types))
                _arrows[(source.Folder, home)] = types = new(StringComparer.Ordinal);
            types.Add(name.Identifier.ValueText);
        }
    }

    private bool NamesType(SimpleNameSyntax name) => name.Parent switch
    {
        UsingDirectiveSyntax or BaseNamespaceDeclarationSyntax => false,
        NameColonSyntax or NameEqualsSyntax or MemberBindingExpressionSyntax => false,
        QualifiedNameSyntax qualified when qualified.Ancestors().Any(
            above => above is UsingDirectiveSyntax or BaseNamespaceDeclarationSyntax) => false,
        MemberAccessExpressionSyntax access when access.Name == name => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } set when set.Left == name => false,
        // x in "x.Do()" is a type or a member: nothing but a type when no member has its name
        MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or InvocationExpressionSyntax
            or ArgumentSyntax or AssignmentExpressionSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax
            or ArrowExpressionClauseSyntax => !_members.Contains(name.Identifier.ValueText),
        _ => true,
    };

    private static IEnumerable<string> Declared(SourceFile source) =>
        source.Nodes.Where(node => node.Parent is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Select(node => node switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
                DelegateDeclarationSyntax type => type.Identifier.ValueText,
                _ => null,
            }).OfType<string>();

    private static string? MemberName(SyntaxNode node) => node switch
    {
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        EventDeclarationSyntax e => e.Identifier.ValueText,
        EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        _ => null,
    };
}
