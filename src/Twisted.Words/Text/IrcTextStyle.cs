namespace Twisted.Words;

/// <summary>How text looks.</summary>
public readonly record struct IrcTextStyle
{
    /// <summary>Bold.</summary>
    public bool Bold { get; init; }

    /// <summary>Italic.</summary>
    public bool Italic { get; init; }

    /// <summary>Underlined.</summary>
    public bool Underline { get; init; }

    /// <summary>Struck through.</summary>
    public bool Strikethrough { get; init; }

    /// <summary>Of one width.</summary>
    public bool Monospace { get; init; }

    /// <summary>Colours exchanged.</summary>
    public bool Reverse { get; init; }

    /// <summary>The colour of the text, 0 to 98; null for the usual one. See <see cref="IrcColor"/>.</summary>
    public int? Foreground { get; init; }

    /// <summary>The colour behind it, 0 to 98; null for the usual one. Only with a foreground.</summary>
    public int? Background { get; init; }
}
