namespace Twisted;

/// <summary>
/// Knows how to see an object as something else: one function from a type to a type, found by the type of the object.
/// </summary>
/// <remarks>
/// Register everything before the first <see cref="Adapt"/>; from then on any thread may ask. There is no global
/// registry: pass one where it is needed. Twisted: <c>twisted.python.components.registerAdapter</c>.
/// </remarks>
public sealed class AdapterRegistry
{
    // By what they make; a handful of each, in the order in which they were registered.
    private readonly Dictionary<Type, List<Adapter>> _adapters = [];

    /// <summary>Adds the way from one type to another.</summary>
    /// <typeparam name="TFrom">What it takes: a class, base class or interface of the objects to adapt.</typeparam>
    /// <typeparam name="TTo">What it makes.</typeparam>
    /// <param name="adapt">The way. It may return null to decline.</param>
    /// <exception cref="InvalidOperationException">There is one between these two types already.</exception>
    public void Register<TFrom, TTo>(Func<TFrom, TTo> adapt)
    {
        ArgumentNullException.ThrowIfNull(adapt);
        if (!_adapters.TryGetValue(typeof(TTo), out List<Adapter>? adapters))
            _adapters[typeof(TTo)] = adapters = [];
        if (adapters.Exists(known => known.From == typeof(TFrom)))
            throw new InvalidOperationException(
                $"An adapter from {typeof(TFrom)} to {typeof(TTo)} is registered already. Use another registry.");
        Func<object, TTo> anyObject = original => adapt((TFrom)original);
        adapters.Add(new Adapter(typeof(TFrom), anyObject));
    }

    /// <summary>Sees an object as a <typeparamref name="TTo"/>.</summary>
    /// <typeparam name="TTo">What is wanted.</typeparam>
    /// <param name="original">The object.</param>
    /// <returns>
    /// The object itself when it already is one; otherwise what the nearest adapter makes of it; null (the default of a
    /// value type) when there is none.
    /// </returns>
    /// <remarks>
    /// Nearest is the adapter of the object's own class, then those of the interfaces that this class adds, then the
    /// same for its base class, and so on. An interface goes before those it extends; unrelated ones in the order in
    /// which they were registered.
    /// </remarks>
    public TTo? Adapt<TTo>(object original)
    {
        ArgumentNullException.ThrowIfNull(original);
        if (original is TTo already)
            return already;
        return _adapters.TryGetValue(typeof(TTo), out List<Adapter>? adapters)
            && Nearest(adapters, original) is { } nearest
                ? ((Func<object, TTo>)nearest.Adapt)(original)
                : default;
    }

    private static Adapter? Nearest(List<Adapter> adapters, object original)
    {
        Adapter? best = null;
        int bestDistance = int.MaxValue;
        foreach (Adapter candidate in adapters)
        {
            if (!candidate.From.IsInstanceOfType(original))
                continue;
            int distance = Distance(original.GetType(), candidate.From);
            if (best is null
                || distance < bestDistance
                || (distance == bestDistance && best.From.IsAssignableFrom(candidate.From)))
            {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /// <summary>How far up the line of base classes <paramref name="from"/> comes in.</summary>
    private static int Distance(Type type, Type from)
    {
        int distance = 0;
        while (type.BaseType is { } above && from.IsAssignableFrom(above))
        {
            type = above;
            distance++;
        }
        return type == from ? 2 * distance : (2 * distance) + 1; // a class goes before the interfaces it adds
    }

    /// <summary>One way; the delegate is a function from object to what it makes.</summary>
    private sealed record Adapter(Type From, Delegate Adapt);
}
