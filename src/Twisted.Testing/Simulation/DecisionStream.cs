namespace Twisted.Testing;

/// <summary>
/// The decisions of one kind about one thing, in order. Each stream has chance numbers of its own: one connection more
/// does not shuffle those of the others.
/// </summary>
/// <param name="kind">What is decided.</param>
/// <param name="host">Of which host or link.</param>
/// <param name="item">Of which of its connections, or 0.</param>
internal struct DecisionStream(DecisionKind kind, int host, int item = 0)
{
    private int _next;

    internal readonly DecisionKind Kind => kind;

    /// <summary>The same number for the same stream in every run.</summary>
    internal readonly ulong Name => ((ulong)kind << 56) ^ ((ulong)(uint)host << 32) ^ (uint)item;

    internal DecisionKey Next() => new(kind, host, item, _next++);
}
