using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Twisted.Daemon;

/// <summary>
/// What is configured outside the command line: a JSON file, and over it the environment. Without either it costs
/// nothing.
/// </summary>
internal sealed class ConfigurationSources
{
    /// <summary>What variables of the environment begin with.</summary>
    internal const string Prefix = "TWISTD_";

    /// <summary>The file that is read when it is there and no other is named.</summary>
    internal const string UsualFile = "twistd.json";

    private readonly string? _file;
    private IReadOnlyDictionary<string, (int Line, int Column)>? _positions;

    private ConfigurationSources(string? file, IConfigurationRoot values)
    {
        _file = file;
        Values = values;
    }

    /// <summary>The file, where the process may look for it from any folder; null without one.</summary>
    internal string? FullPath => _file is null ? null : Path.GetFullPath(_file);

    /// <summary>The values, the environment's over the file's.</summary>
    internal IConfigurationRoot Values { get; }

    /// <summary>Reads them.</summary>
    /// <param name="file">The file that was asked for; null for the usual one, if it is there.</param>
    /// <param name="others">Variables that begin like ours and are no options.</param>
    /// <returns>Null when there is neither file nor variable.</returns>
    /// <exception cref="InvalidDataException">The file is unreadable or malformed: where, and why.</exception>
    internal static ConfigurationSources? Read(string? file, params string[] others)
    {
        file ??= File.Exists(UsualFile) ? UsualFile : null;
        if (file is null && !HasVariables(others))
            return null;
        var builder = new ConfigurationBuilder();
        if (file is not null)
            builder.AddJsonStream(new MemoryStream(Content(file)));
        builder.AddEnvironmentVariables(Prefix);
        try
        {
            return new ConfigurationSources(file, builder.Build());
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            throw new InvalidDataException($"{file}{Place(malformed)}: {Reason(malformed)}", malformed);
        }
    }

    /// <summary>Where a key comes from, for who has to mend it: a variable, or file, line and column.</summary>
    internal string Origin(string key)
    {
        string variable = Prefix + key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();
        return Environment.GetEnvironmentVariable(variable) is not null || _file is null
            ? variable
            : Positions.TryGetValue(key, out (int Line, int Column) at) ? $"{_file}:{at.Line}:{at.Column}" : _file;
    }

    /// <summary>Whether a key has others below it.</summary>
    internal bool IsSection(string key) => Values.GetSection(key).GetChildren().Any();

    /// <summary>The keys that the file has at its top, or in a section of it.</summary>
    internal IEnumerable<string> FileKeys(string? section)
    {
        string start = section is null ? "" : $"{section}:";
        return _file is null
            ? []
            : Positions.Keys
                .Where(key => key.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Where(key => !key[start.Length..].Contains(':', StringComparison.Ordinal));
    }

    private IReadOnlyDictionary<string, (int Line, int Column)> Positions =>
        _positions ??= JsonPositions.Of(Content(_file!));

    private static bool HasVariables(string[] others) => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Any(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !others.Contains(name));

    private static byte[] Content(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"The configuration {file} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static string Place(Exception malformed) =>
        malformed is JsonException { LineNumber: { } line, BytePositionInLine: { } column }
            ? $":{line + 1}:{column + 1}"
            : "";

    private static string Reason(Exception malformed)
    {
        int place = malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal); // told in our words already
        return place < 0 ? malformed.Message : malformed.Message[..place];
    }
}
