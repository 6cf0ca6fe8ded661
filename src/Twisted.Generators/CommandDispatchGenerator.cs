using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twisted.Generators;

/// <summary>Writes the methods that are marked with CommandDispatch.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CommandDispatchGenerator : IIncrementalGenerator
{
    private const string Dispatch = "Twisted.Protocols.CommandDispatchAttribute";
    private const string Command = "Twisted.Protocols.CommandAttribute";

    private static readonly DiagnosticDescriptor Duplicate = new(
        "TW0101", "Two methods for one command",
        "The command '{0}' is carried out by '{1}' already; a name belongs to one method", "Twisted.Commands",
        DiagnosticSeverity.Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor Unwritable = new(
        "TW0102", "A dispatch method that cannot be written",
        "'{0}' must be a partial method that returns bool, takes ReadOnlySpan<byte> first, and stands in a class that "
            + "is neither nested nor generic", "Twisted.Commands",
        DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<DispatchModel> models = context.SyntaxProvider.ForAttributeWithMetadataName(
            Dispatch, static (node, _) => node is MethodDeclarationSyntax, Read);
        context.RegisterSourceOutput(models, static (output, model) =>
        {
            foreach (Diagnostic diagnostic in model.Diagnostics)
                output.ReportDiagnostic(diagnostic);
            if (model.Source.Length > 0)
                output.AddSource(model.FileName, model.Source);
        });
    }

    private static DispatchModel Read(GeneratorAttributeSyntaxContext context, CancellationToken cancel)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var declaration = (MethodDeclarationSyntax)context.TargetNode;
        INamedTypeSymbol type = method.ContainingType;
        if (!IsWritable(method, declaration))
            return DispatchModel.Failed(Diagnostic.Create(
                Unwritable, declaration.Identifier.GetLocation(), method.Name));
        bool ignoreCase = context.Attributes[0].NamedArguments
            .Any(argument => argument.Key == "IgnoreCase" && argument.Value.Value is true);
        var owners = new Dictionary<string, string>();
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (IMethodSymbol candidate in type.GetMembers().OfType<IMethodSymbol>())
        {
            cancel.ThrowIfCancellationRequested();
            foreach (string name in NamesOf(candidate))
            {
                string key = ignoreCase ? name.ToUpperInvariant() : name;
                if (owners.TryGetValue(key, out string owner))
                    diagnostics.Add(Diagnostic.Create(Duplicate, candidate.Locations[0], name, owner));
                else
                    owners.Add(key, candidate.Name);
            }
        }
        string source = new DispatchSource(method, declaration, ignoreCase).Write(owners);
        return new DispatchModel($"{type.ToDisplayString()}.{method.Name}.g.cs", source, diagnostics.ToImmutable());
    }

    private static IEnumerable<string> NamesOf(IMethodSymbol method) =>
        from attribute in method.GetAttributes()
        where attribute.AttributeClass?.ToDisplayString() == Command
        from argument in attribute.ConstructorArguments
        where argument.Value is string
        select (string)argument.Value!;

    private static bool IsWritable(IMethodSymbol method, MethodDeclarationSyntax declaration) =>
        declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
        && declaration.Body is null
        && declaration.ExpressionBody is null
        && method.ReturnType.SpecialType == SpecialType.System_Boolean
        && method.TypeParameters.IsEmpty
        && method.ContainingType is { ContainingType: null, TypeParameters.IsEmpty: true }
        && method.Parameters.FirstOrDefault()?.Type.ToDisplayString() == "System.ReadOnlySpan<byte>";
}
