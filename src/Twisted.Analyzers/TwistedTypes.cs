using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Twisted.Analyzers;

/// <summary>The types of Twisted that the rules speak of, as one compilation sees them.</summary>
internal sealed class TwistedTypes
{
    private static readonly string[] EventInterfaces =
    [
        "Twisted.Internet.IProtocol",
        "Twisted.Internet.IProtocolFactory",
        "Twisted.Internet.IDatagramProtocol",
        "Twisted.Internet.IProcessProtocol",
    ];

    private readonly INamedTypeSymbol _deferred;
    private readonly INamedTypeSymbol _deferredOfT;
    private readonly ImmutableArray<INamedTypeSymbol> _eventInterfaces;
    private readonly ImmutableArray<INamedTypeSymbol> _tasks;

    private TwistedTypes(Compilation compilation, INamedTypeSymbol deferred, INamedTypeSymbol deferredOfT)
    {
        _deferred = deferred;
        _deferredOfT = deferredOfT;
        _eventInterfaces = Find(compilation, EventInterfaces);
        _tasks = Find(
            compilation,
            "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1",
            "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1");
    }

    /// <summary>Null when the compilation does not know Twisted: then there is nothing to say.</summary>
    internal static TwistedTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Twisted.Deferred") is { } deferred
        && compilation.GetTypeByMetadataName("Twisted.Deferred`1") is { } deferredOfT
            ? new TwistedTypes(compilation, deferred, deferredOfT)
            : null;

    /// <summary>Whether it is Deferred or Deferred of anything.</summary>
    internal bool IsDeferred(ITypeSymbol? type) => Is(type, _deferred) || Is(type, _deferredOfT);

    /// <summary>The T of a Deferred of T; null for anything else.</summary>
    internal ITypeSymbol? ValueOf(ITypeSymbol? type) =>
        Is(type, _deferredOfT) ? ((INamedTypeSymbol)type!).TypeArguments[0] : null;

    /// <summary>Whether a value of it is unfinished work: a Deferred, a Task or a ValueTask.</summary>
    internal bool IsWork(ITypeSymbol? type) => IsDeferred(type) || _tasks.Any(task => Is(type, task));

    internal bool IsTask(ITypeSymbol? type) => _tasks.Any(task => Is(type, task));

    /// <summary>Whether the engine calls its events: a protocol or a factory of any kind.</summary>
    internal bool HearsEvents(ITypeSymbol? type) =>
        type is not null && type.AllInterfaces.Any(IsEventInterface);

    internal bool IsEventInterface(INamedTypeSymbol type) =>
        _eventInterfaces.Contains(type, SymbolEqualityComparer.Default);

    /// <summary>Whether it is a link, or anything else that a Deferred itself can do.</summary>
    internal bool IsDeferredMember(IMethodSymbol method) => !method.IsStatic && IsDeferred(method.ContainingType);

    internal bool IsAsyncDeferred(IMethodSymbol method) => method.IsAsync && IsDeferred(method.ReturnType);

    /// <summary>Whether it stands in the namespace Twisted or below.</summary>
    internal static bool IsOfTwisted(ISymbol? symbol)
    {
        INamespaceSymbol? space = symbol?.ContainingNamespace;
        while (space?.ContainingNamespace is { IsGlobalNamespace: false } above)
            space = above;
        return space?.Name == "Twisted";
    }

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol definition) =>
        SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, definition);

    private static ImmutableArray<INamedTypeSymbol> Find(Compilation compilation, params string[] names) =>
        names.Select(compilation.GetTypeByMetadataName).OfType<INamedTypeSymbol>().ToImmutableArray();
}
