namespace Twisted.Internet;

/// <summary>What to run and how.</summary>
/// <param name="FileName">
/// The program: a path, relative to the working directory of the child, or a name that is looked up in the directories
/// of the PATH with which we were started.
/// </param>
/// <param name="Arguments">Its arguments, without the program's own name.</param>
public sealed record ProcessOptions(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>Its whole environment; null inherits ours, empty is empty. Twisted's default is empty.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Where it starts; null is where we are.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// What it is told as its own name (argv[0]); <see cref="FileName"/> unless set. A shell whose name begins with a
    /// hyphen is a login shell.
    /// </summary>
    public string? ArgumentZero { get; init; }

    /// <summary>
    /// Whether it gets a terminal instead of pipes: one stream, told as descriptor 1, in a session of its own.
    /// </summary>
    public bool UsePty { get; init; }

    /// <summary>The size of the terminal's window; the system's default unless set.</summary>
    public TerminalSize? WindowSize { get; init; }

    /// <summary>
    /// Its descriptors by their numbers; null is a write pipe at 0 and read pipes at 1 and 2. What is not named is
    /// closed. Twisted: <c>childFDs</c>.
    /// </summary>
    public IReadOnlyDictionary<int, ChildDescriptor>? ChildDescriptors { get; init; }

    /// <summary>
    /// The user that it runs as, by the program setpriv, without supplementary groups. Only root may; otherwise the
    /// child ends with exit code 127 and setpriv's words on standard error. <see cref="ArgumentZero"/> is not passed
    /// on.
    /// </summary>
    public int? UserId { get; init; }

    /// <summary>The group that it runs as; see <see cref="UserId"/>.</summary>
    public int? GroupId { get; init; }

    /// <summary>
    /// Whether it is killed when the reactor stops, which waits for its end. Otherwise it is left alone: its pipes are
    /// closed, and nothing more is told.
    /// </summary>
    public bool KillAtShutdown { get; init; }
}
