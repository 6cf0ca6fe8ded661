using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Twisted.Conformance.Parsers;

/// <summary>What has happened, in the words of the comparison protocol.</summary>
internal sealed class Transcript
{
    private const int MostEvents = 4000;
    private const int LongestPayload = 96; // bytes; longer ones are given by length and hash

    private int _count;

    internal JsonArray Events { get; } = [];

    /// <summary>The chunk that is being delivered; -1 while the connection is made.</summary>
    internal int Chunk { get; set; } = -1;

    internal void Add(string kind, ReadOnlySpan<byte> payload) => Add(kind, Payload(payload));

    internal void Add(string kind, params ReadOnlySpan<JsonNode?> details)
    {
        if (_count >= MostEvents)
        {
            Events.Add(new JsonArray(Chunk, "truncated"));
            throw new TranscriptFullException();
        }
        _count++;
        var entry = new JsonArray(Chunk, kind);
        foreach (JsonNode? detail in details)
            entry.Add(detail);
        Events.Add(entry);
    }

    private static JsonNode Payload(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= LongestPayload)
            return Convert.ToHexStringLower(bytes);
        return new JsonObject
        {
            ["len"] = bytes.Length,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
    }
}

/// <summary>The transcript is as long as it may be: the run ends here, whatever the protocol would do.</summary>
internal sealed class TranscriptFullException : Exception;
