namespace Twisted.Internet;

/// <summary>Names a callback as its author would: by the method, and a lambda by the method it stands in.</summary>
internal static class CallbackName
{
    internal static string Of(Delegate callback)
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
}
