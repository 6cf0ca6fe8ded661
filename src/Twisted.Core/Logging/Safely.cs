using System.Globalization;

namespace Twisted.Logging;

/// <summary>The text of anything, even of what throws when it is asked.</summary>
internal static class Safely
{
    /// <summary>The longest value or stack in a log: what came from a peer must not fill the disk.</summary>
    internal const int MaxLength = 16 * 1024;

    internal static string Text(object? value)
    {
        if (value is null)
            return "null";
        try
        {
            string? text = value is IFormattable formattable
                ? formattable.ToString(null, CultureInfo.InvariantCulture)
                : value.ToString();
            return Cut(text ?? "null");
        }
        catch (Exception failure)
        {
            return $"(a {value.GetType()} whose text cannot be made: {failure.GetType()})";
        }
    }

    internal static string MessageOf(Exception failure)
    {
        try
        {
            return Cut(failure.Message);
        }
        catch (Exception inMessage)
        {
            return $"(a message that cannot be made: {inMessage.GetType()})";
        }
    }

    internal static string Cut(string text) => text.Length <= MaxLength
        ? text
        : string.Create(CultureInfo.InvariantCulture,
            $"{text.AsSpan(0, MaxLength)}... ({text.Length - MaxLength} more characters)");
}
