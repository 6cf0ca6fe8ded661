namespace Twisted.Words;

/// <summary>A piece of text that looks the same from its beginning to its end.</summary>
/// <param name="Text">The text.</param>
/// <param name="Style">How it looks.</param>
public readonly record struct IrcTextRun(string Text, IrcTextStyle Style = default);
