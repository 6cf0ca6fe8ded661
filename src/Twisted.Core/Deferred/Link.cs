namespace Twisted;

/// <summary>One link of a chain: what kind of step, what it calls, and where its value goes.</summary>
/// <param name="Kind">The step; one shared instance for each combination of types.</param>
/// <param name="State">The user's delegate, or what else the step needs.</param>
/// <param name="Target">The view that holds the value after this step; null when there is none.</param>
internal readonly record struct Link(LinkKind Kind, object State, Deferred? Target);
