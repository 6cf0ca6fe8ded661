using Microsoft.CodeAnalysis;

namespace Twisted.Analyzers;

/// <summary>What the members of Deferred take from a chain and leave behind.</summary>
internal static class LinkEffect
{
    /// <summary>Whether it needs the value of the chain: declared on Deferred of T, not on Deferred.</summary>
    internal static bool TakesValue(IMethodSymbol link) =>
        link.ContainingType.IsGenericType
        && link.Name is "AddCallback" or "AddCallbacks" or "AddBoth" or "AsTask" or "GetAwaiter";

    /// <summary>What the chain yields after it; null when that is not known.</summary>
    internal static ChainTail? TailAfter(IMethodSymbol link, ChainTail? before, TwistedTypes types)
    {
        switch (link.Name)
        {
            case "AddCallback" or "AddCallbacks" or "AddBoth":
                return new ChainTail(types.ValueOf(link.ReturnType));
            case "AddErrback" when types.ValueOf(link.ReturnType) is { } rescued:
                // it yields its T in place of the failure: only of use while the chain still yields T
                if (before is not { } tail || tail.IsSurely(rescued))
                    return before;
                return tail.IsSurelyNot(rescued) ? new ChainTail(null) : null;
            case "AddErrback" or "LogFailures" or "Forget":
                return new ChainTail(null);
            default:
                return before;
        }
    }
}
