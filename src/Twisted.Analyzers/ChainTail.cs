using System.Linq;
using Microsoft.CodeAnalysis;

namespace Twisted.Analyzers;

/// <summary>What a chain yields after its last link: a value of a type, or no value.</summary>
internal readonly struct ChainTail
{
    private readonly ITypeSymbol? _type;

    internal ChainTail(ITypeSymbol? type) => _type = type;

    internal string Description => _type is null ? "no value" : _type.ToDisplayString();

    /// <summary>Whether a link that takes <paramref name="wanted"/> must throw here.</summary>
    internal bool IsSurelyNot(ITypeSymbol wanted) =>
        _type is null
        || (IsPlain(_type) && IsPlain(wanted) && !SymbolEqualityComparer.Default.Equals(_type, wanted));

    internal bool IsSurely(ITypeSymbol wanted) => SymbolEqualityComparer.Default.Equals(_type, wanted);

    /// <summary>
    /// Two different symbols can be one type at run time: type parameters, dynamic and object, tuples with other names.
    /// </summary>
    private static bool IsPlain(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsPlain(array.ElementType),
        INamedTypeSymbol named => !named.IsTupleType && !named.IsNativeIntegerType
            && named.TypeArguments.All(IsPlain) && (named.ContainingType is null || IsPlain(named.ContainingType)),
        _ => false,
    };
}
