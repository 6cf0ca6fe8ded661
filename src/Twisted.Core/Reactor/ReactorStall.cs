namespace Twisted.Internet;

/// <summary>A callback that held the reactor longer than it was allowed to, and what the time went to.</summary>
/// <param name="Callback">Whose it was and what for, as "MyServer.Echo: connection readable".</param>
/// <param name="Elapsed">From its begin to its end by the reactor's clock: so long nothing else ran.</param>
/// <param name="Processor">
/// How long the reactor's thread was on a processor meanwhile. Where the system does not tell, the same as
/// <paramref name="Elapsed"/>.
/// </param>
/// <param name="Collecting">How long the garbage collector held all threads meanwhile.</param>
/// <param name="Compiling">How long the runtime compiled code for this thread meanwhile: first calls.</param>
public sealed record ReactorStall(
    string Callback, TimeSpan Elapsed, TimeSpan Processor, TimeSpan Collecting, TimeSpan Compiling)
{
    /// <summary>
    /// What the callback itself worked at least: not the collections, not the compiler, not the time that the thread
    /// was kept from running or waited. Long work is the callback's own; a long <see cref="Elapsed"/> with little work
    /// is a busy machine, the runtime, or a callback that blocks.
    /// </summary>
    /// <remarks>
    /// Collections and compiling are known by the clock only. On a machine that interrupts them, or where another
    /// thread has collected, more of the processor's time was the callback's own than is told here. What the kernel did
    /// in interrupts meanwhile, Linux charges to the thread that was interrupted; that cannot be told apart here.
    /// </remarks>
    public TimeSpan Worked
    {
        get
        {
            TimeSpan worked = Processor - Collecting - Compiling;
            return worked > TimeSpan.Zero ? worked : TimeSpan.Zero;
        }
    }
}
