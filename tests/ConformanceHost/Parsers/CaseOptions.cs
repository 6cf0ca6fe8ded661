using System.Text.Json.Nodes;

namespace Twisted.Conformance.Parsers;

/// <summary>The options of a case.</summary>
internal sealed class CaseOptions(JsonObject options)
{
    internal byte[] Delimiter { get; } = Convert.FromHexString((string?)options["delim"] ?? "0d0a");

    /// <summary>Whether the application keeps the connection when a line is too long.</summary>
    internal bool Keeps { get; } = (bool?)options["keep"] ?? false;

    /// <summary>Whether messages are also orders to the application.</summary>
    internal bool HasScript { get; } = (bool?)options["script"] ?? false;

    internal int MaxLength(int usual) =>
        (long?)options["max"] is { } max ? (int)Math.Clamp(max, int.MinValue, int.MaxValue) : usual;
}
