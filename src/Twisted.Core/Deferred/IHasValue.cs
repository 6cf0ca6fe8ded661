namespace Twisted;

/// <summary>Marks <see cref="Deferred{T}"/> of any type.</summary>
internal interface IHasValue
{
    /// <summary>The value of this holder, boxed: for Deferreds that come out of links typed <c>object</c>.</summary>
    object? BoxedValue { get; }
}
