using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Twisted.Internet;

/// <summary>How long a loop has worked: the time between two waits, while somebody wants to know.</summary>
/// <remarks>
/// Written on the reactor thread, read from any: what the running callback has taken is not in it yet. Unless somebody
/// wants it, it asks no clock.
/// </remarks>
/// <param name="clock">The loop's.</param>
/// <param name="instrument">Through which it is told: while that has listeners, it is wanted.</param>
internal sealed class BusyTime(TimeProvider clock, Instrument instrument)
{
    private long _elapsed;  // in the clock's own ticks
    private long _since;    // when the last wait ended
    private bool _measures; // whether that is known

    internal TimeSpan Elapsed => clock.GetElapsedTime(0, Volatile.Read(ref _elapsed));

    /// <summary>The loop has nothing to do and is about to wait.</summary>
    internal void BeginWait()
    {
        if (_measures)
            Add();
    }

    /// <summary>The wait is over.</summary>
    internal void EndWait()
    {
        if (instrument.Enabled)
            Begin();
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // not in the way of loops that nobody asks
    private void Add()
    {
        _elapsed += clock.GetTimestamp() - _since;
        _measures = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin()
    {
        _since = clock.GetTimestamp();
        _measures = true;
    }
}
