namespace Twisted.Logging;

/// <summary>The values of a scope that has names for them, without the template, and without a throw.</summary>
internal static class ScopeValues
{
    internal static IReadOnlyList<KeyValuePair<string, object?>> Of(IReadOnlyList<KeyValuePair<string, object?>> scope)
    {
        try
        {
            return [.. scope.Where(value => value.Key != ObserverLogger.TemplateKey)];
        }
        catch (Exception)
        {
            return []; // somebody's own list
        }
    }
}
