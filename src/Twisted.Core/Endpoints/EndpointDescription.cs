using System.Text;

namespace Twisted.Internet;

/// <summary>
/// A taken-apart endpoint string: a prefix, then arguments by place, then arguments by name, separated by colons. A
/// backslash takes the next character as it is.
/// </summary>
internal sealed class EndpointDescription
{
    private readonly string _text;
    private readonly List<string> _byPlace = [];
    private readonly Dictionary<string, string> _byName = [];

    private EndpointDescription(string text) => _text = text;

    internal string Prefix { get; private set; } = "";

    internal static EndpointDescription Parse(string text)
    {
        var description = new EndpointDescription(text);
        bool first = true;
        foreach ((string? name, string value) in Split(text))
        {
            if (first && name is null)
                description.Prefix = value;
            else if (first)
                throw description.Error("it begins with a prefix, as in 'tcp:8080'");
            else if (name is null && description._byName.Count > 0)
                throw description.Error($"'{value}' stands without a name after arguments with names");
            else if (name is null)
                description._byPlace.Add(value);
            else if (!description._byName.TryAdd(name, value))
                throw description.Error($"'{name}' is given twice");
            first = false;
        }
        return description;
    }

    /// <summary>
    /// Gives the arguments by place their names; complains of too many, unknown ones and ones given twice.
    /// </summary>
    internal void Name(params ReadOnlySpan<string> parameters)
    {
        if (_byPlace.Count > parameters.Length)
            throw Error($"'{_byPlace[parameters.Length]}' is one argument too many; '{Prefix}' takes "
                + string.Join(", ", parameters!));
        for (int i = 0; i < _byPlace.Count; i++)
        {
            if (!_byName.TryAdd(parameters[i], _byPlace[i]))
                throw Error($"'{parameters[i]}' is given twice, by place and by name");
        }
        _byPlace.Clear();
        foreach (string name in _byName.Keys)
        {
            if (!parameters.Contains(name))
                throw Error($"'{Prefix}' has no argument '{name}'; it takes {string.Join(", ", parameters!)}");
        }
    }

    internal string? Text(string name) => _byName.GetValueOrDefault(name);

    internal string Required(string name) => Text(name) is { Length: > 0 } value
        ? value
        : throw Error($"the {name} is missing, as in '{Prefix}:{(name == "host" ? "localhost:8080" : "8080")}'");

    /// <summary>A number in decimal digits, nothing else.</summary>
    internal int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text)
            return null;
        int value = 0;
        bool valid = text.Length is > 0 and <= 9;
        foreach (char digit in text)
        {
            valid &= char.IsAsciiDigit(digit);
            value = unchecked((value * 10) + digit - '0');
        }
        return valid && value >= least && value <= most
            ? value
            : throw Error($"the {name} must be a number from {least} to {most}, not '{text}'");
    }

    internal FormatException Error(string what) => new($"Malformed endpoint '{_text}': {what}.");

    private static IEnumerable<(string? Name, string Value)> Split(string text)
    {
        var current = new StringBuilder();
        string? name = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && i + 1 < text.Length)
                current.Append(text[++i]);
            else if (c == ':')
            {
                yield return (name, current.ToString());
                current.Clear();
                name = null;
            }
            else if (c == '=' && name is null)
            {
                name = current.ToString();
                current.Clear();
            }
            else
                current.Append(c);
        }
        yield return (name, current.ToString());
    }
}
