using System.Buffers;
using System.Globalization;
using System.Text;

namespace Twisted.Words;

/// <summary>Names of files that strangers choose.</summary>
internal static class DccFileName
{
    /// <summary>In bytes of UTF-8: no file system has less than 255, and ".part" is put behind it.</summary>
    internal const int MaxLength = 240;

    // What separates folders, drives or streams somewhere, what a shell expands, what Windows refuses.
    private static readonly SearchValues<char> Refused = SearchValues.Create("/\\:*?\"<>|");

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$",
    };

    /// <summary>Takes the last part of a path and refuses it if it could be anything but a plain new file.</summary>
    /// <returns>What is wrong with it; null when it is safe.</returns>
    internal static string? Check(string path, out string name)
    {
        name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.Length == 0)
            return "it is empty";
        if (name[0] is '.' or '-' or '~')
            return $"it begins with '{name[0]}': a hidden file, another folder, or an option"; // and "." and ".."
        if (name[0] == ' ' || name[^1] is ' ' or '.')
            return "there is a blank around it, or a dot at its end, which some systems cut off";
        if (name.AsSpan().IndexOfAny(Refused) is var at and >= 0)
            return $"it holds '{name[at]}'";
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || IsInvisible(Rune.GetUnicodeCategory(rune)))
                return $"it holds U+{rune.Value:X4}, which is not shown";
        }
        if (Encoding.UTF8.GetByteCount(name) > MaxLength)
            return $"it is longer than {MaxLength} bytes";
        return IsDevice(name) ? "on some systems it is a device" : null;
    }

    /// <summary>How a name stands in a message: in quotes when there is a blank in it.</summary>
    internal static string Quoted(string name) => name.Contains(' ', StringComparison.Ordinal) ? $"\"{name}\"" : name;

    private static bool IsInvisible(UnicodeCategory category) => category is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>The name of a device, whatever follows the first dot: "nul.txt", "COM1", "lpt³".</summary>
    private static bool IsDevice(string name)
    {
        string stem = name.Split('.')[0].TrimEnd(' ');
        return Devices.Contains(stem) || (stem.Length == 4
            && (char.IsAsciiDigit(stem[3]) || stem[3] is '¹' or '²' or '³')
            && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
                || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));
    }
}
