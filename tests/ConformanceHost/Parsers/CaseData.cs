using System.Text.Json.Nodes;

namespace Twisted.Conformance.Parsers;

/// <summary>The bytes of a case, and how they are cut.</summary>
internal static class CaseData
{
    /// <summary>Hex, or a list of [hex, count].</summary>
    internal static byte[] Bytes(JsonNode data)
    {
        if (data is not JsonArray runs)
            return Convert.FromHexString((string)data!);
        using var bytes = new MemoryStream();
        foreach (JsonNode? run in runs)
        {
            byte[] piece = Convert.FromHexString((string)run![0]!);
            for (int n = (int)run[1]!; n > 0; n--)
                bytes.Write(piece);
        }
        return bytes.ToArray();
    }

    /// <summary>Sizes one after the other, the rest as the last; one number is that size again and again.</summary>
    internal static IEnumerable<byte[]> Cut(byte[] data, JsonNode? sizes) => sizes switch
    {
        JsonArray list => CutBy(data, list.Select(size => (int)size!)),
        JsonValue size => data.Chunk((int)size),
        _ => CutBy(data, []),
    };

    private static IEnumerable<byte[]> CutBy(byte[] data, IEnumerable<int> sizes)
    {
        int start = 0;
        foreach (int size in sizes.Append(data.Length))
        {
            int end = (int)Math.Min(start + (long)size, data.Length);
            if (end <= start)
                continue;
            yield return data[start..end];
            start = end;
        }
    }
}
