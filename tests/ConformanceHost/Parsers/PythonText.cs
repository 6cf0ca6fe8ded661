using System.Globalization;
using System.Numerics;
using System.Text;

namespace Twisted.Conformance.Parsers;

/// <summary>Reads numbers and hex as the oracle's language does: scripts are part of random data.</summary>
internal static class PythonText
{
    private static readonly char[] Blanks = [' ', '\t', '\n', '\v', '\f', '\r'];

    /// <summary>Python's <c>int(bytes)</c>, cut to what a MaxLength can be.</summary>
    internal static int Int(ReadOnlySpan<byte> bytes)
    {
        string text = Ascii(bytes).Trim(Blanks);
        string digits = text.TrimStart('+', '-');
        bool isNumber = text.Length - digits.Length <= 1 && digits.Length > 0
            && digits.All(c => char.IsAsciiDigit(c) || c == '_')
            && digits[0] != '_' && digits[^1] != '_' && !digits.Contains("__", StringComparison.Ordinal);
        if (!isNumber)
            throw new FormatException($"not a number: {text}");
        var value = BigInteger.Parse(digits.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return (int)BigInteger.Clamp(text[0] == '-' ? -value : value, int.MinValue, int.MaxValue);
    }

    /// <summary>Python's <c>bytes.fromhex</c>: blanks may stand between the pairs.</summary>
    internal static byte[] Hex(ReadOnlySpan<byte> bytes)
    {
        string text = Ascii(bytes);
        var result = new List<byte>();
        for (int i = 0; i < text.Length; i += 2)
        {
            while (i < text.Length && Blanks.Contains(text[i]))
                i++;
            if (i < text.Length)
                result.Add(Convert.FromHexString(text.AsSpan(i, Math.Min(2, text.Length - i)))[0]);
        }
        return [.. result];
    }

    private static string Ascii(ReadOnlySpan<byte> bytes) => Ascii7.GetString(bytes);

    private static readonly Encoding Ascii7 =
        Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
