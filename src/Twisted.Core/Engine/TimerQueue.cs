using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Twisted.Internet;

/// <summary>
/// The calls that wait for their time: a heap of four children a node (flatter, so fewer cache misses than two), in
/// which each call knows its place, so that it can be moved and removed in O(log n). Equal times keep the order in
/// which they were set.
/// </summary>
internal sealed class TimerQueue(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private Entry[] _heap = new Entry[16];
    private int _count;
    private long _sequence;

    private record struct Entry(long Due, long Sequence, DelayedCall Call)
    {
        internal readonly bool Before(in Entry other) =>
            Due < other.Due || (Due == other.Due && Sequence < other.Sequence);
    }

    internal TimeSpan Now => clock.GetElapsedTime(_start);

    internal int Count => _count;

    /// <summary>When the first call is due, or null.</summary>
    internal TimeSpan? NextDue => _count == 0 ? null : new TimeSpan(_heap[0].Due);

    /// <summary>The time after a delay; a delay without end is one.</summary>
    internal TimeSpan DueIn(TimeSpan delay)
    {
        TimeSpan now = Now;
        return delay > TimeSpan.MaxValue - now ? TimeSpan.MaxValue : now + delay;
    }

    internal IDelayedCall Add(DelayedCall call, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        TimeSpan due = DueIn(delay);
        call.SetTime(due);
        if (_count == _heap.Length)
            Array.Resize(ref _heap, _count * 2);
        SiftUp(_count++, new Entry(due.Ticks, _sequence++, call));
        return call;
    }

    internal void Remove(DelayedCall call)
    {
        int index = call.Index;
        Debug.Assert(ReferenceEquals(_heap[index].Call, call));
        call.Index = -1;
        Entry last = _heap[--_count];
        _heap[_count] = default;
        if (index < _count)
            Place(index, last);
        if (_heap.Length > 64 && _count < _heap.Length / 4)
            Array.Resize(ref _heap, _heap.Length / 2); // a burst of timers gives its memory back
    }

    internal void Move(DelayedCall call, TimeSpan due)
    {
        call.SetTime(due);
        Place(call.Index, new Entry(due.Ticks, _sequence++, call));
    }

    /// <summary>
    /// Takes the next call that is due and was set before this phase began. What a timer sets for "now" runs in the
    /// next phase, so that timers can never starve I/O.
    /// </summary>
    internal DelayedCall? TakeDue(long now, long phase)
    {
        if (_count == 0 || _heap[0].Due > now || _heap[0].Sequence >= phase)
            return null;
        DelayedCall call = _heap[0].Call;
        Remove(call);
        return call;
    }

    /// <summary>Marks the beginning of a phase of due calls.</summary>
    internal long BeginPhase() => _sequence;

    internal IDelayedCall[] Snapshot()
    {
        var calls = new IDelayedCall[_count];
        for (int i = 0; i < _count; i++)
            calls[i] = _heap[i].Call;
        return calls;
    }

    private void Place(int index, in Entry entry)
    {
        if (index > 0 && entry.Before(_heap[(index - 1) >> 2]))
            SiftUp(index, entry);
        else
            SiftDown(index, entry);
    }

    private void SiftUp(int index, in Entry entry)
    {
        Entry[] heap = _heap;
        while (index > 0)
        {
            int parent = (index - 1) >> 2;
            if (!entry.Before(heap[parent]))
                break;
            Put(heap, index, heap[parent]);
            index = parent;
        }
        Put(heap, index, entry);
    }

    private void SiftDown(int index, in Entry entry)
    {
        Entry[] heap = _heap;
        int first;
        while ((first = (index << 2) + 1) < _count)
        {
            int least = first;
            int end = Math.Min(first + 4, _count);
            for (int child = first + 1; child < end; child++)
            {
                if (heap[child].Before(heap[least]))
                    least = child;
            }
            if (!heap[least].Before(entry))
                break;
            Put(heap, index, heap[least]);
            index = least;
        }
        Put(heap, index, entry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Entry[] heap, int index, in Entry entry)
    {
        heap[index] = entry;
        entry.Call.Index = index;
    }
}
