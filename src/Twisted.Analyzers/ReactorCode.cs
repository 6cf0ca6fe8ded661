using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Twisted.Analyzers;

/// <summary>Tells code that runs on the reactor thread from code that may run anywhere.</summary>
internal static class ReactorCode
{
    /// <summary>
    /// Whether it runs on the reactor thread for certain: in a protocol or factory, or in an async Deferred function,
    /// and not in a lambda that is handed to another thread.
    /// </summary>
    /// <param name="operation">The code.</param>
    /// <param name="member">The member it stands in.</param>
    /// <param name="types">Twisted's types.</param>
    /// <param name="fromTaskIsOutside">
    /// Whether <c>Deferred.FromTask(ct => ...)</c> counts as another thread: it starts on the reactor thread, but its
    /// Task may go on anywhere.
    /// </param>
    internal static bool Contains(
        IOperation operation, ISymbol member, TwistedTypes types, bool fromTaskIsOutside = false)
    {
        for (IOperation? at = operation.Parent; at is not null; at = at.Parent)
        {
            IMethodSymbol? function = at switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (function is null)
                continue;
            if (types.IsAsyncDeferred(function))
                return true;
            if (RunsElsewhere(at, fromTaskIsOutside))
                return false;
        }
        return types.HearsEvents(member.ContainingType)
            || (member is IMethodSymbol method && types.IsAsyncDeferred(method));
    }

    private static bool RunsElsewhere(IOperation lambda, bool fromTaskIsOutside)
    {
        IOperation? user = lambda.Parent;
        while (user is IDelegateCreationOperation or IConversionOperation)
            user = user.Parent;
        if (user is not IArgumentOperation { Parameter.ContainingSymbol: IMethodSymbol method })
            return false;
        return method.Name switch
        {
            "DeferToThread" or "CallInThread" => TwistedTypes.IsOfTwisted(method),
            "FromTask" => fromTaskIsOutside && TwistedTypes.IsOfTwisted(method),
            "Run" => method.ContainingType.Name == "Task",
            "StartNew" => method.ContainingType.Name == "TaskFactory",
            _ => false,
        };
    }
}
