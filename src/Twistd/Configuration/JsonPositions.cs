using System.Text;
using System.Text.Json;

namespace Twisted.Daemon;

/// <summary>
/// Where in a JSON file a key stands: the values of a configuration no longer know where they come from.
/// </summary>
internal static class JsonPositions
{
    private static readonly JsonReaderOptions AsConfiguration = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Line and column, from 1, of each key, by its path with colons, whatever its case.</summary>
    /// <param name="json">The file; what cannot be read of it has no keys.</param>
    internal static IReadOnlyDictionary<string, (int Line, int Column)> Of(ReadOnlySpan<byte> json)
    {
        var positions = new Dictionary<string, (int, int)>(StringComparer.OrdinalIgnoreCase);
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        if (json.StartsWith(mark))
            json = json[mark.Length..];
        var reader = new Utf8JsonReader(json, AsConfiguration);
        var path = new List<string>();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                path.RemoveRange(reader.CurrentDepth - 1, path.Count - (reader.CurrentDepth - 1));
                path.Add(reader.GetString()!);
                positions.TryAdd(string.Join(':', path), PositionOf(json[..(int)reader.TokenStartIndex]));
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentOutOfRangeException)
        {
            // Who reads the values says what is wrong. A list of objects has no keys that we look for.
        }
        return positions;
    }

    private static (int Line, int Column) PositionOf(ReadOnlySpan<byte> before)
    {
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
