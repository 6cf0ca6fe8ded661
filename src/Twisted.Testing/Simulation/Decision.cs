using System.Globalization;

namespace Twisted.Testing;

/// <summary>One thing that went otherwise than the quiet way.</summary>
/// <param name="Kind">What was decided.</param>
/// <param name="Host">Of which host or link, by its number.</param>
/// <param name="Item">Of which of its connections, or 0.</param>
/// <param name="Index">The how manieth decision of these.</param>
internal readonly record struct DecisionKey(DecisionKind Kind, int Host, int Item, int Index);

/// <summary>A decision and its outcome. Zero is the quiet way, which is never listed.</summary>
internal readonly record struct Decision(DecisionKey Key, long Value)
{
    /// <summary>Such as <c>ReadSize(1.2)[3]=7</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Key.Kind}({Key.Host}.{Key.Item})[{Key.Index}]={Value}");

    /// <summary>Reads a list as <see cref="ToString"/> writes it, with blanks or lines between.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static IReadOnlyList<Decision> ParseList(string text)
    {
        char[] blank = [' ', '\t', '\r', '\n', ','];
        return [.. text.Split(blank, StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static Decision Parse(string text)
    {
        string[] parts = text.Split('(', '.', ')', '[', ']', '=');
        // Kind ( host . item ) [ index ] = value: empty where two of them meet
        if (parts is [var kind, var host, var item, "", var index, "", var value]
            && Enum.TryParse(kind, out DecisionKind known)
            && int.TryParse(host, CultureInfo.InvariantCulture, out int hostNumber)
            && int.TryParse(item, CultureInfo.InvariantCulture, out int itemNumber)
            && int.TryParse(index, CultureInfo.InvariantCulture, out int indexNumber)
            && long.TryParse(value, CultureInfo.InvariantCulture, out long outcome) && outcome > 0)
            return new Decision(new DecisionKey(known, hostNumber, itemNumber, indexNumber), outcome);
        throw new FormatException($"'{text}' is no decision: write them as a failure prints them, "
            + "such as ReadSize(1.2)[3]=7.");
    }
}
