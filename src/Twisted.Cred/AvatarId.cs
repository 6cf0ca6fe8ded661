namespace Twisted.Cred;

/// <summary>Who somebody is, after the check: a name, or nobody in particular.</summary>
/// <remarks>
/// Anonymity is a value of its own, never an empty name and never a null that a checker returned by mistake. Twisted:
/// the avatar id, <c>ANONYMOUS</c>.
/// </remarks>
public sealed class AvatarId : IEquatable<AvatarId>
{
    private AvatarId() { }

    /// <summary>Somebody with a name.</summary>
    /// <param name="name">Not empty. Names differ by case.</param>
    public AvatarId(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>Nobody in particular.</summary>
    public static AvatarId Anonymous { get; } = new();

    /// <summary>The name; null for <see cref="Anonymous"/>.</summary>
    public string? Name { get; }

    /// <summary>Whether it is nobody in particular.</summary>
    public bool IsAnonymous => Name is null;

    /// <inheritdoc/>
    public bool Equals(AvatarId? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AvatarId);

    /// <inheritdoc/>
    public override int GetHashCode() => Name?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The name, made safe to print.</summary>
    public override string ToString() => Name is null ? "(anonymous)" : Printable.Name(Name);
}
