namespace Twisted.Words;

/// <summary>Changes of modes that were made, to be told in as few messages as they fit in.</summary>
internal sealed class ModeChanges
{
    private const int Longest = 360; // the rest of a message is for who has done it, and where

    private readonly List<(bool IsSet, char Letter, string? Parameter)> _changes = [];

    internal void Add(bool isSet, char letter, string? parameter = null) =>
        _changes.Add((isSet, letter, parameter));

    /// <summary>+o-v nick nick, once for each message.</summary>
    internal IEnumerable<string> Lines()
    {
        string letters = "";
        string parameters = "";
        bool? sign = null;
        foreach ((bool isSet, char letter, string? parameter) in _changes)
        {
            if (letters.Length + parameters.Length + (parameter?.Length ?? 0) + 3 > Longest && letters.Length > 0)
            {
                yield return letters + parameters;
                (letters, parameters, sign) = ("", "", null);
            }
            if (sign != isSet)
                letters += isSet ? '+' : '-';
            sign = isSet;
            letters += letter;
            if (parameter is not null)
                parameters += $" {parameter}";
        }
        if (letters.Length > 0)
            yield return letters + parameters;
    }
}
