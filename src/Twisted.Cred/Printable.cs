using System.Globalization;
using System.Text;

namespace Twisted.Cred;

/// <summary>What came from a peer, made safe for a log: one line, no control characters, not long.</summary>
internal static class Printable
{
    private const int LongestName = 64;

    internal static string Name(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name.AsSpan(0, Math.Min(name.Length, LongestName)))
        {
            if (IsPlain(c))
                text.Append(c);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
        return name.Length > LongestName ? text.Append("...").ToString() : text.ToString();
    }

    internal static string Types(IEnumerable<Type> types) =>
        types.Any() ? string.Join(", ", types.Select(type => type.Name)) : "none";

    /// <summary>Format characters turn the direction of writing, surrogates may be cut in two.</summary>
    private static bool IsPlain(char c) => c != '\\' && char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
