namespace Twisted.Daemon;

/// <summary>A text of others as one line that a terminal can show.</summary>
internal static class SingleLine
{
    internal static string Of(string text) => string.Join(' ', text
        .Split([.. text.Where(c => char.IsControl(c) || char.IsWhiteSpace(c))], StringSplitOptions.RemoveEmptyEntries));
}
