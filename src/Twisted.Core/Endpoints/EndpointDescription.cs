using System.Text;

namespace Twisted.Internet;

/// <summary>
/// A taken-apart endpoint string: a prefix, then arguments by place, then arguments by name, separated by colons. A
/// backslash takes the next character as it is.
/// </summary>
/// <remarks>
/// A parser first says which arguments there may be, with <see cref="Take"/>, <see cref="TakeList"/> or
/// <see cref="TakeWrapped"/>, then reads them. Every complaint is a <see cref="FormatException"/> that shows the string
/// and names the argument.
/// </remarks>
public sealed class EndpointDescription
{
    /// <summary>Longer than any path.</summary>
    private const int LongestText = 8192;

    private readonly string _text;
    private readonly string _kind;
    private readonly bool _isSecret;
    private readonly List<(string? Name, string Value, int Start)> _pieces;
    private readonly Dictionary<string, string> _arguments = new(StringComparer.Ordinal);

    private EndpointDescription(string text, string kind, bool isSecret)
    {
        _text = text;
        _kind = kind;
        _isSecret = isSecret;
        if (text.Length > LongestText)
            throw new FormatException(
                $"Malformed {kind} '{Show(text[..40])}...': it is longer than {LongestText} characters.");
        _pieces = [.. Split(text)];
        bool hasPrefix = _pieces[0].Name is null;
        Prefix = hasPrefix ? _pieces[0].Value : "";
        if (!hasPrefix)
            throw Error(_isSecret ? "it begins with a prefix" : "it begins with a prefix, as in 'tcp:8080'");
        _pieces.RemoveAt(0);
    }

    /// <summary>What stands before the first colon.</summary>
    public string Prefix { get; }

    internal static EndpointDescription Parse(string text) => new(text, "endpoint", isSecret: false);

    /// <summary>
    /// For other strings of the same form that may have passwords in them: no complaint shows more than the prefix.
    /// </summary>
    internal static EndpointDescription ParseSecret(string text, string kind) => new(text, kind, isSecret: true);

    /// <summary>
    /// Says which arguments there may be, in the order of their places; complains of too many, of unknown ones and of
    /// ones given twice.
    /// </summary>
    /// <param name="parameters">Their names.</param>
    /// <exception cref="FormatException">The string does not fit.</exception>
    public void Take(params ReadOnlySpan<string> parameters)
    {
        IReadOnlyList<string> rest = TakeList(parameters.Length, parameters);
        bool endsWithColon = parameters.IsEmpty && rest is [""]; // 'stdio:' has no argument, not an empty one
        if (rest.Count > 0 && !endsWithColon)
            throw Error($"'{Show(rest[0])}' is one argument too many; '{Prefix}' takes {List(parameters)}");
    }

    /// <summary>
    /// For a prefix with a list at the end of its places: says which arguments there may be, as <see cref="Take"/>, and
    /// gives what stands in the places after them.
    /// </summary>
    /// <param name="places">How many arguments may stand by place before the list.</param>
    /// <param name="parameters">The names of all arguments, those by place first.</param>
    /// <returns>The list, maybe empty. A '=' within one of its values needs a backslash before it.</returns>
    /// <exception cref="FormatException">The string does not fit.</exception>
    public IReadOnlyList<string> TakeList(int places, params ReadOnlySpan<string> parameters)
    {
        var rest = new List<string>();
        int place = 0;
        bool named = false;
        foreach ((string? name, string value, _) in _pieces)
        {
            named |= name is not null;
            if (name is null && named)
                throw Error($"'{Show(value)}' stands without a name after arguments with names");
            if (name is null && place >= places)
                rest.Add(value);
            else
                Add(name ?? parameters[place++], value, parameters);
        }
        return rest;
    }

    /// <summary>
    /// For a prefix that stands before another endpoint: first its own arguments, by place or by name, then the rest of
    /// the string is the other endpoint.
    /// </summary>
    /// <param name="places">How many of its own arguments must stand by place, unless given by name.</param>
    /// <param name="parameters">The names of its own arguments, those by place first.</param>
    /// <returns>The other endpoint's string.</returns>
    /// <exception cref="FormatException">The string does not fit.</exception>
    public string TakeWrapped(int places, params ReadOnlySpan<string> parameters)
    {
        int place = 0;
        foreach ((string? name, string value, int start) in _pieces)
        {
            while (place < places && _arguments.ContainsKey(parameters[place]))
                place++;
            if (name is null && place >= places)
                return _text[start..];
            Add(name ?? parameters[place++], value, parameters);
        }
        throw Error($"the endpoint that '{Prefix}' wraps is missing, as in '{Prefix}:"
            + $"{string.Concat(parameters[..places].ToArray().Select(name => name + ":"))}tcp:8080'");
    }

    /// <summary>An argument, or null when it is not there.</summary>
    /// <param name="name">Its name.</param>
    public string? Text(string name) => _arguments.GetValueOrDefault(name);

    /// <summary>An argument that must be there and not be empty.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">It is missing.</exception>
    public string Required(string name) => Text(name) is { Length: > 0 } value
        ? value
        : throw Error($"the {name} is missing, as in '{Prefix}:{Example(name)}'");

    /// <summary>A number in decimal digits, nothing else; null when it is not there.</summary>
    /// <param name="name">The argument's name.</param>
    /// <param name="least">The smallest that is valid; not negative.</param>
    /// <param name="most">The largest that is valid.</param>
    /// <exception cref="FormatException">It is no such number.</exception>
    public int? Number(string name, int least, int most) =>
        Text(name) is { } text ? ToNumber(name, text, least, most) : null;

    /// <summary>A time in whole seconds, at most a day; null when it is not there.</summary>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="FormatException">It is no such number.</exception>
    public TimeSpan? Seconds(string name) =>
        Number(name, 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Yes or no: 1 or 0; null when it is not there.</summary>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public bool? Flag(string name) => Number(name, 0, 1) is { } flag ? flag == 1 : null;

    /// <summary>A complaint about this string.</summary>
    /// <param name="what">What is wrong, without a full stop.</param>
    public FormatException Error(string what) => new($"Malformed {_kind} '{this}': {what}.");

    /// <summary>The string; of one that may have passwords in it, the prefix only.</summary>
    public override string ToString() => _isSecret ? $"{Prefix}{(_pieces.Count > 0 ? ":..." : "")}" : _text;

    /// <summary>A number that is a part of an argument.</summary>
    internal int ToNumber(string name, string text, int least, int most)
    {
        int value = 0;
        bool valid = text.Length is > 0 and <= 9;
        foreach (char digit in text)
        {
            valid &= char.IsAsciiDigit(digit);
            value = unchecked((value * 10) + digit - '0');
        }
        return valid && value >= least && value <= most
            ? value
            : throw Error($"the {name} must be a number from {least} to {most}, not '{Show(text)}'");
    }

    private string Show(string text) => _isSecret ? "..." : text;

    private static string List(ReadOnlySpan<string> parameters) =>
        parameters.IsEmpty ? "none" : string.Join(", ", parameters!);

    private static string Example(string name) => name switch
    {
        "host" => "localhost:8080",
        "port" => "8080",
        _ => name.ToUpperInvariant(),
    };

    private void Add(string name, string value, ReadOnlySpan<string> parameters)
    {
        if (!parameters.Contains(name))
            throw Error($"'{Prefix}' has no argument '{Show(name)}'; it takes {List(parameters)}");
        if (!_arguments.TryAdd(name, value))
            throw Error($"'{name}' is given twice");
    }

    private static IEnumerable<(string? Name, string Value, int Start)> Split(string text)
    {
        var current = new StringBuilder();
        string? name = null;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && i + 1 < text.Length)
                current.Append(text[++i]);
            else if (c == ':')
            {
                yield return (name, current.ToString(), start);
                current.Clear();
                name = null;
                start = i + 1;
            }
            else if (c == '=' && name is null)
            {
                name = current.ToString();
                current.Clear();
            }
            else
                current.Append(c);
        }
        yield return (name, current.ToString(), start);
    }
}
