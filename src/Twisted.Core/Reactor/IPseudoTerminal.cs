namespace Twisted.Internet;

/// <summary>
/// What a process transport with a terminal can besides: <c>Transport is IPseudoTerminal terminal</c>. Reactor thread
/// only.
/// </summary>
public interface IPseudoTerminal
{
    /// <summary>Changes the size of the window; the child's foreground processes get SIGWINCH.</summary>
    /// <param name="size">The new size.</param>
    void Resize(TerminalSize size);
}
