using System.Text;

namespace Twisted.Cred;

/// <summary>The fields of a digest header: <c>name=value, name="quoted \" value"</c> (RFC 7235, section 2.1).</summary>
internal static class DigestFields
{
    internal const int LongestText = 8192;

    private const int MostFields = 32;

    /// <exception cref="LoginFailedException">It is malformed; the message says where, and shows nothing.</exception>
    internal static Dictionary<string, string> Parse(string text)
    {
        if (text.Length > LongestText)
            throw new LoginFailedException($"Malformed digest: it is longer than {LongestText} characters.");
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        int at = 0;
        while (true)
        {
            at = Skip(text, at, separators: true);
            if (at == text.Length)
                return fields;
            int start = at;
            while (at < text.Length && IsToken(text[at]))
                at++;
            string name = text[start..at];
            at = Skip(text, at, separators: false);
            if (name.Length == 0 || at == text.Length || text[at] != '=')
                throw Malformed(at, "expected name=value");
            at = Skip(text, at + 1, separators: false);
            string value = Value(text, ref at);
            if (fields.Count == MostFields || !fields.TryAdd(name, value))
                throw Malformed(start, $"expected each field once, and at most {MostFields}");
            at = Skip(text, at, separators: false);
            if (at < text.Length && text[at] != ',')
                throw Malformed(at, "expected a comma");
        }
    }

    /// <summary>A value between quotation marks.</summary>
    internal static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Value(string text, ref int at)
    {
        int start = at;
        if (at < text.Length && text[at] == '"')
            return Quoted(text, ref at);
        while (at < text.Length && text[at] is not (',' or '"') && !IsSpace(text[at]))
            at++;
        return at > start ? text[start..at] : throw Malformed(at, "expected a value");
    }

    private static string Quoted(string text, ref int at)
    {
        int start = at;
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return value.ToString();
            }
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at]);
        }
        throw Malformed(start, "expected a closing quotation mark");
    }

    private static int Skip(string text, int at, bool separators)
    {
        while (at < text.Length && (IsSpace(text[at]) || (separators && text[at] == ',')))
            at++;
        return at;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n'; // a header may be folded

    private static bool IsToken(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c);

    private static LoginFailedException Malformed(int at, string expected) =>
        new($"Malformed digest, at character {at + 1}: {expected}.");
}
