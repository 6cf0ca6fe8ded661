namespace Twisted.Application.Plugins;

/// <summary>
/// A property that is an option of the command line. Twisted: <c>optParameters</c> and <c>optFlags</c> of
/// <c>usage.Options</c>.
/// </summary>
/// <remarks>
/// The property is a string, a bool (a flag), a number, a <see cref="TimeSpan"/> (in seconds), an enumeration, or a
/// list of strings (given once an item).
/// </remarks>
/// <param name="name">With its dashes, <c>--port</c>, say.</param>
/// <param name="aliases">Other names for it, <c>-p</c>, say.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string name, params string[] aliases) : Attribute
{
    /// <summary>The name, with its dashes.</summary>
    public string Name { get; } = name;

    /// <summary>Other names for it.</summary>
    public IReadOnlyList<string> Aliases { get; } = aliases;

    /// <summary>A line of help.</summary>
    public string? Description { get; init; }

    /// <summary>What stands for the value in the help, <c>FILE</c>, say.</summary>
    public string? HelpName { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }
}
