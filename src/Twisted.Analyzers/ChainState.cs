using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Twisted.Analyzers;

/// <summary>
/// What is known at one point of a function: which variables view which chain, and what each chain yields.
/// </summary>
internal sealed class ChainState
{
    private readonly ImmutableDictionary<ISymbol, int> _chains;
    private readonly ImmutableDictionary<int, ChainTail> _tails;

    private ChainState(ImmutableDictionary<ISymbol, int> chains, ImmutableDictionary<int, ChainTail> tails)
    {
        _chains = chains;
        _tails = tails;
    }

    internal static ChainState Nothing { get; } = new(
        ImmutableDictionary.Create<ISymbol, int>(SymbolEqualityComparer.Default),
        ImmutableDictionary<int, ChainTail>.Empty);

    internal int? ChainOf(ILocalSymbol local) => _chains.TryGetValue(local, out int chain) ? chain : null;

    /// <summary>Null: unknown.</summary>
    internal ChainTail? TailOf(int chain) => _tails.TryGetValue(chain, out ChainTail tail) ? tail : null;

    internal ChainState WithView(ILocalSymbol local, int chain) => new(_chains.SetItem(local, chain), _tails);

    internal ChainState WithTail(int chain, ChainTail? tail) =>
        new(_chains, tail is { } known ? _tails.SetItem(chain, known) : _tails.Remove(chain));
}
