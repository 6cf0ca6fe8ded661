using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Configuration;

namespace Twisted.Daemon;

/// <summary>
/// The options that the command line does not give and the configuration does, as arguments: they are read and refused
/// like those of the command line.
/// </summary>
/// <remarks>The key of an option is its name without hyphens: <c>--log-level</c> is <c>LogLevel</c>.</remarks>
internal sealed class ConfiguredOptions
{
    private readonly Dictionary<Option, string> _origins = [];
    private readonly List<string> _arguments = [];

    private ConfiguredOptions() { }

    /// <summary>What comes after the arguments that were given.</summary>
    internal IReadOnlyList<string> Arguments => _arguments;

    /// <summary>Looks them up.</summary>
    /// <param name="sources">The configuration.</param>
    /// <param name="given">The command line.</param>
    /// <param name="sections">Options at the top of it, under no name, and those of the server, under its own.</param>
    /// <exception cref="InvalidDataException">The file has a key that nobody knows.</exception>
    internal static ConfiguredOptions Find(ConfigurationSources sources, ParseResult given,
        IReadOnlyList<(string? Section, IEnumerable<Option> Options)> sections)
    {
        var found = new ConfiguredOptions();
        foreach ((string? section, IEnumerable<Option> options) in sections)
        {
            var byKey = options.ToDictionary(KeyOf, StringComparer.OrdinalIgnoreCase);
            foreach (string key in sources.FileKeys(section))
            {
                string name = section is null ? key : key[(section.Length + 1)..];
                bool isOfOtherServer = section is null && sources.IsSection(name);
                if (!byKey.ContainsKey(name) && !isOfOtherServer)
                    throw new InvalidDataException($"{sources.Origin(key)}: '{name}' is no option"
                        + $"{(section is null ? "" : $" of {section}")}; there are {string.Join(", ", byKey.Keys)}.");
            }
            foreach ((string key, Option option) in byKey)
            {
                if (given.GetResult(option) is null or { Implicit: true })
                    found.Add(sources, option, section is null ? key : $"{section}:{key}");
            }
        }
        return found;
    }

    /// <summary>Where what was wrong comes from; null when the command line says it.</summary>
    internal string? OriginOf(ParseError error) => error.SymbolResult is OptionResult result
        ? _origins.GetValueOrDefault(result.Option)
        : null;

    private void Add(ConfigurationSources sources, Option option, string key)
    {
        IConfigurationSection section = sources.Values.GetSection(key);
        string?[] values = section.Value is { } one
            ? [one]
            : [.. section.GetChildren().Select(item => item.Value)];
        if (values.Length == 0)
            return;
        _origins[option] = sources.Origin(key);
        foreach (string? value in values)
            _arguments.Add($"{option.Name}={value}");
    }

    private static string KeyOf(Option option) => string.Concat(option.Name.TrimStart('-').Split('-')
        .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
