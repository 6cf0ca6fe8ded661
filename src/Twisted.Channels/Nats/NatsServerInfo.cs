using System.Text.Json;

namespace Twisted.Channels.Nats;

/// <summary>What a NATS server has told of itself (its INFO).</summary>
public sealed record NatsServerInfo
{
    /// <summary>What a server takes that does not say otherwise: 1 MiB.</summary>
    private const int UsualMaxPayload = 1024 * 1024;

    /// <summary>Its identity; another one each time it starts.</summary>
    public string ServerId { get; private init; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; private init; } = "";

    /// <summary>The longest message that it takes, in bytes.</summary>
    public int MaxPayload { get; private init; } = UsualMaxPayload;

    /// <summary>Whether it wants TLS before anything else.</summary>
    public bool RequiresTls { get; private init; }

    /// <summary>Whether it knows headers, and so tells when nobody is there to answer a request.</summary>
    public bool HasHeaders { get; private init; }

    internal bool OffersTls { get; private init; }

    /// <summary>Reads the JSON of an INFO.</summary>
    /// <returns>Null when it is none.</returns>
    internal static NatsServerInfo? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement info = document.RootElement;
            if (info.ValueKind != JsonValueKind.Object || !json[(int)reader.BytesConsumed..].Trim(" \t"u8).IsEmpty)
                return null;
            return new NatsServerInfo
            {
                ServerId = Text(info, "server_id"),
                Version = Text(info, "version"),
                MaxPayload = Number(info, "max_payload") is > 0 and var most ? most : UsualMaxPayload,
                RequiresTls = IsTrue(info, "tls_required"),
                OffersTls = IsTrue(info, "tls_available") || IsTrue(info, "tls_required"),
                HasHeaders = IsTrue(info, "headers"),
            };
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null; // half a pair of surrogates is the InvalidOperationException
        }
    }

    private static string Text(JsonElement info, string name) =>
        info.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static int Number(JsonElement info, string name) =>
        info.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out int number) ? number : 0;

    private static bool IsTrue(JsonElement info, string name) =>
        info.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;
}
