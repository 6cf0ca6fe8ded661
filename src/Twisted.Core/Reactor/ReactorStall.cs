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
    /// What the callback itself worked: not the collections, not the compiler, not the time that the thread was kept
    /// from running or waited. Long work is the callback's own; a long <see cref="Elapsed"/> with little work is a busy
    /// machine, the runtime, or a callback that blocks.
    /// </summary>
    public TimeSpan Worked
    {
        get
        {
            // A collection may have run on this thread, then it is in both, or on another, then it is in Elapsed only.
            TimeSpan uncollected = Elapsed - Collecting;
            TimeSpan worked = (Processor < uncollected ? Processor : uncollected) - Compiling;
            return worked > TimeSpan.Zero ? worked : TimeSpan.Zero;
        }
    }
}
