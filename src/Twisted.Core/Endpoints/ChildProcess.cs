namespace Twisted.Internet;

/// <summary>A running process whose streams are heard by ordinary protocols. Reactor thread only.</summary>
/// <remarks>
/// <c>ChildProcess sort = reactor.StartProcess(new ProcessOptions("sort"), lines);</c>, then write to
/// <c>lines.Transport</c>, close its sending side, and <c>ProcessExit exit = await sort.Ended;</c>.
/// </remarks>
public sealed class ChildProcess
{
    internal ChildProcess(IProcessTransport transport, Deferred<ProcessExit> ended)
    {
        Transport = transport;
        Ended = ended;
    }

    /// <summary>The process itself: its id, signals, further pipes.</summary>
    public IProcessTransport Transport { get; }

    /// <summary>
    /// Fires when the process has ended and everything that it wrote was heard. It does not fail: a program that fails
    /// is told by <see cref="ProcessExit.IsSuccess"/>. It does not fire when the reactor stops first.
    /// </summary>
    public Deferred<ProcessExit> Ended { get; }
}
