using System.Runtime.CompilerServices;

namespace Twisted.Internet;

/// <summary>
/// Names a callback as its author would: by the method, a lambda by the method it stands in, what continues an
/// asynchronous method by that method.
/// </summary>
internal static class CallbackName
{
    /// <summary>The name.</summary>
    /// <param name="callback">A delegate, a queued call, or an object that is called.</param>
    internal static string Of(object callback) => callback switch
    {
        QueuedCall { State: { } state } call when MachineOf(state) is null && state is not Delegate =>
            Of(call.Callback),
        QueuedCall call => Of(call.State ?? call.Callback),
        _ when MachineOf(callback) is { } method => method.ToString(),
        Delegate method when MachineOf(method.Target) is { } continued => continued.ToString(),
        Delegate method => OfMethod(method),
        _ => callback.GetType().ToString(),
    };

    private static string OfMethod(Delegate callback)
    {
        string method = callback.Method.Name;
        Type? owner = callback.Method.DeclaringType;
        bool isLambda = method.StartsWith('<'); // the compiler calls it <Method>b__0, in a class <>c of the owner's
        if (isLambda)
            method = $"a lambda in {method[1..Math.Max(1, method.IndexOf('>', StringComparison.Ordinal))]}";
        while (owner is { DeclaringType: { } outer } && owner.Name.StartsWith('<'))
            owner = outer;
        return isLambda ? $"{method} of {owner?.Name}" : $"{owner?.Name}.{method}";
    }

    /// <summary>What continues an asynchronous method is a box around its state machine, which has its name.</summary>
    private static Type? MachineOf(object? box) =>
        box?.GetType() is { IsGenericType: true } type
        && typeof(IAsyncStateMachine).IsAssignableFrom(type.GenericTypeArguments[^1])
            ? type.GenericTypeArguments[^1]
            : null;
}
