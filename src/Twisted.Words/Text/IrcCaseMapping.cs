using System.Diagnostics.CodeAnalysis;

namespace Twisted.Words;

/// <summary>When two nicknames or channels are the same: letters in either case, and a few marks.</summary>
/// <remarks>Which one holds the server says (CASEMAPPING); <see cref="Rfc1459"/> until it does.</remarks>
public sealed class IrcCaseMapping : IEqualityComparer<string>
{
    private readonly char _last; // the last of those that have a small one: []\^ stand behind the letters

    private IrcCaseMapping(string name, char last)
    {
        Name = name;
        _last = last;
    }

    /// <summary>Letters only.</summary>
    public static IrcCaseMapping Ascii { get; } = new("ascii", 'Z');

    /// <summary>Letters, and {}|~ are the small ones of []\^ (RFC 2812, 2.2).</summary>
    public static IrcCaseMapping Rfc1459 { get; } = new("rfc1459", '^');

    /// <summary>Letters, and {}| are the small ones of []\ (RFC 1459, 2.2, as it is written).</summary>
    public static IrcCaseMapping StrictRfc1459 { get; } = new("strict-rfc1459", ']');

    /// <summary>Its name in CASEMAPPING.</summary>
    public string Name { get; }

    /// <summary>A mapping by its name in CASEMAPPING.</summary>
    /// <param name="name">A name that nobody knows gives <see cref="Rfc1459"/>.</param>
    public static IrcCaseMapping Of(string? name) => name switch
    {
        "ascii" => Ascii,
        "strict-rfc1459" => StrictRfc1459,
        _ => Rfc1459,
    };

    /// <summary>A name in small letters.</summary>
    /// <param name="name">A nickname or a channel.</param>
    public string Fold(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Create(name.Length, (name, mapping: this), static (folded, state) =>
        {
            for (int i = 0; i < folded.Length; i++)
                folded[i] = state.mapping.Fold(state.name[i]);
        });
    }

    /// <summary>Whether two names are the same.</summary>
    /// <param name="x">One.</param>
    /// <param name="y">The other.</param>
    public bool Equals(string? x, string? y)
    {
        if (x is null || y is null)
            return x is null && y is null;
        if (x.Length != y.Length)
            return false;
        for (int i = 0; i < x.Length; i++)
        {
            if (Fold(x[i]) != Fold(y[i]))
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] string obj) => string.GetHashCode(Fold(obj), StringComparison.Ordinal);

    /// <summary>The small one of a letter or mark.</summary>
    internal char Fold(char c) => c >= 'A' && c <= _last ? (char)(c | 0x20) : c;
}
