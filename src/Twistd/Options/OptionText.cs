using System.Globalization;
using System.Numerics;

namespace Twisted.Daemon;

/// <summary>How the text of an option becomes the value of a property, and back for the help.</summary>
/// <param name="Expected">What the text has to be, for who gave another one.</param>
/// <param name="Parse">The value; null when the text is no such thing.</param>
/// <param name="Format">The text of a value.</param>
internal sealed record OptionText(string Expected, Func<string, object?> Parse, Func<object, string> Format)
{
    private static readonly Dictionary<Type, OptionText> Known = new()
    {
        [typeof(string)] = new("a text", text => text, Invariant),
        [typeof(byte)] = Whole<byte>(),
        [typeof(short)] = Whole<short>(),
        [typeof(ushort)] = Whole<ushort>(),
        [typeof(int)] = Whole<int>(),
        [typeof(uint)] = Whole<uint>(),
        [typeof(long)] = Whole<long>(),
        [typeof(ulong)] = Whole<ulong>(),
        [typeof(double)] = new("a number", text => Number(text), Invariant),
        [typeof(TimeSpan)] = new("a number of seconds, 0 or more",
            text => Number(text) is >= 0 and <= int.MaxValue and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            value => Invariant(((TimeSpan)value).TotalSeconds)),
    };

    /// <summary>That of a type; null when an option cannot be of this type.</summary>
    internal static OptionText? Of(Type type) => type.IsEnum ? Choice(type) : Known.GetValueOrDefault(type);

    private static OptionText Whole<T>() where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(
        $"a whole number, {T.MinValue} to {T.MaxValue}",
        text => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value)
            ? value
            : null,
        Invariant);

    private static OptionText Choice(Type type)
    {
        string[] names = Enum.GetNames(type);
        return new(
            $"one of {string.Join(", ", names.Select(Lower))}",
            text => Array.Find(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
                ? Enum.Parse(type, name)
                : null,
            value => Lower($"{value}"));
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Lower(string name) => name.ToLowerInvariant();
}
