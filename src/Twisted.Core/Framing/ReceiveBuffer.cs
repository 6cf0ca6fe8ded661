using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Twisted.Protocols;

/// <summary>The bytes that a protocol was given and has not used yet.</summary>
/// <remarks>
/// <para>
/// A window of unread bytes, [_start, _end), over one of two memories: the caller's chunk, between <see cref="Open"/>
/// and <see cref="Close"/>, so that whole messages are read where they lie; or an array from the pool, which holds
/// what no chunk has completed yet. An empty buffer that is not open owns no array.
/// </para>
/// <para>
/// While it is open, callbacks hold spans that point into it. So the window then only moves forward: no byte that was
/// handed out is overwritten, moved, or given back to the pool before Close, whatever a callback does.
/// </para>
/// <para>
/// Every operation is O(bytes received) in sum, however they were cut: the array doubles, and is packed only when
/// more was used up than has to move; a search goes on where the last one ended. Reactor thread only.
/// </para>
/// </remarks>
internal sealed unsafe class ReceiveBuffer
{
    // The first array, and below this none is exchanged for a smaller one: it is what one idle connection may cost.
    private const int SmallArray = 256;

    private byte* _chunk;           // not null: the window is over the caller's chunk, which Open's caller has pinned
    private byte[] _array = [];
    private int _start;
    private int _end;
    private bool _isOpen;
    private int _searched;          // no match of _needle begins and ends in the first so many unread bytes
    private byte[] _needle = [];

    internal int Length => _end - _start;

    internal bool IsEmpty => _end == _start;

    /// <summary>All of it, valid until the next change, or until Close when it is open.</summary>
    internal ReadOnlySpan<byte> Unread => Memory[_start..];

    /// <summary>How many bytes were copied or searched so far: tests hold it to a multiple of those received.</summary>
    internal long Work { get; private set; }

    /// <summary>How many bytes of memory it holds now.</summary>
    internal int Capacity => _array.Length;

    private Span<byte> Memory => _chunk is null ? _array.AsSpan(0, _end) : new Span<byte>(_chunk, _end);

    /// <summary>Adds a chunk, without a copy if nothing waits before it, and protects what is handed out.</summary>
    /// <param name="chunk">Pinned until <see cref="Close"/>.</param>
    /// <param name="length">Its bytes.</param>
    internal void Open(byte* chunk, int length)
    {
        Debug.Assert(!_isOpen, "one loop at a time reads from a buffer");
        if (IsEmpty)
        {
            Release();
            _chunk = chunk;
            _end = length;
        }
        else
            Append(new ReadOnlySpan<byte>(chunk, length));
        _isOpen = true;
    }

    /// <summary>Keeps what was not used up of the chunk.</summary>
    internal void Close()
    {
        _isOpen = false;
        // What is left is less than half of an array only when messages were used up, and then it is all of the last
        // chunk: it is moved once. So no more than twice the longest message is kept, however large the chunks were.
        Trim(excess: 2);
    }

    /// <summary>Gives back the memory that the unread bytes do not need. Spans that were handed out end here.</summary>
    /// <param name="excess">
    /// How many times as long as the bytes an array has to be. A queue, with bytes added and used up in turn, needs the
    /// room: without it each addition could move all of them.
    /// </param>
    internal void Trim(int excess = 8)
    {
        if (IsEmpty)
            Release();
        else if (_chunk is not null || (_array.Length > SmallArray && Length <= _array.Length / excess))
            Move(Length);
    }

    /// <summary>Adds bytes behind those that are there. They may lie in this buffer.</summary>
    internal void Append(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || TryGiveBack(data))
            return;
        if (_chunk is not null || _array.Length - _end < data.Length)
            MakeRoom(data.Length);
        data.CopyTo(_array.AsSpan(_end));
        Work += data.Length;
        _end += data.Length;
    }

    /// <summary>Uses up bytes: returns the first <paramref name="length"/>, leaves out some behind them.</summary>
    internal ReadOnlySpan<byte> Take(int length, int skip = 0)
    {
        ReadOnlySpan<byte> taken = Unread[..length];
        _start += length + skip;
        _searched = 0;
        return taken;
    }

    internal ReadOnlySpan<byte> TakeAll() => Take(Length);

    internal void Clear()
    {
        TakeAll();
        if (!_isOpen)
            Release();
    }

    /// <summary>Takes everything out together with its memory, which the caller returns to the shared pool.</summary>
    internal byte[] Detach(out ReadOnlySpan<byte> all)
    {
        Debug.Assert(!_isOpen, "an open buffer may not own its memory");
        byte[] array = _array;
        all = TakeAll();
        _array = [];
        _start = _end = 0;
        return array;
    }

    /// <summary>Where the first <paramref name="needle"/> begins, or -1. No byte is searched twice for it.</summary>
    /// <param name="needle">It may be another one each time; an empty one is nowhere.</param>
    internal int IndexOf(ReadOnlySpan<byte> needle)
    {
        if (needle.IsEmpty)
            return -1;
        int from = _searched == 0 ? 0 : SearchFrom(needle);
        int found = Find(Unread, needle, from);
        if (found < 0)
        {
            Work += Length - from;
            Remember(needle);
        }
        else
            Work += found - from + needle.Length;
        return found;
    }

    /// <summary>
    /// Where a needle that is not empty begins, or -1. One byte is sought, the last: that is faster than a search for
    /// two, and the last rarely stands alone.
    /// </summary>
    internal static int Find(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> needle, int from = 0)
    {
        int before = needle.Length - 1;
        byte last = needle[before];
        for (int end = from + before; end < bytes.Length; end++)
        {
            int distance = bytes[end..].IndexOf(last);
            if (distance < 0)
                return -1;
            end += distance;
            int start = end - before;
            if (before == 1 ? bytes[start] == needle[0] : bytes.Slice(start, before).SequenceEqual(needle[..before]))
                return start;
        }
        return -1;
    }

    /// <summary>A needle may have begun in the last bytes of what was searched for it.</summary>
    private int SearchFrom(ReadOnlySpan<byte> needle) =>
        needle.SequenceEqual(_needle) ? Math.Max(0, _searched - needle.Length + 1) : 0;

    private void Remember(ReadOnlySpan<byte> needle)
    {
        _searched = Length;
        if (!needle.SequenceEqual(_needle))
            _needle = needle.ToArray();
    }

    /// <summary>
    /// The end of what was just taken comes back: a raw mode callback returns what is not its own. Without this, a
    /// chunk with many small messages would be copied once for each of them.
    /// </summary>
    private bool TryGiveBack(ReadOnlySpan<byte> data)
    {
        if (!_isOpen || !IsEmpty || data.Length > _end)
            return false;
        ref byte dataEnd = ref Unsafe.Add(ref MemoryMarshal.GetReference(data), data.Length);
        ref byte end = ref Unsafe.Add(ref MemoryMarshal.GetReference(Memory), _end);
        if (!Unsafe.AreSame(ref dataEnd, ref end))
            return false;
        _start -= data.Length;
        _searched = 0;
        return true;
    }

    private void MakeRoom(int more)
    {
        int length = Length;
        bool isOwn = _chunk is null && !_isOpen;
        if (isOwn && _start >= length && _array.Length - length >= more)
        {
            Unread.CopyTo(_array); // paid for by the bytes that were used up before it
            Work += length;
            _start = 0;
            _end = length;
        }
        else
            Move(checked(length + Math.Max(length, more)));
    }

    /// <summary>Moves the unread bytes to an array of their own.</summary>
    private void Move(int capacity)
    {
        byte[] old = _array;
        byte[] array = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, SmallArray));
        int length = Length;
        Unread.CopyTo(array);
        Work += length;
        _array = array;
        _chunk = null;
        _start = 0;
        _end = length;
        // While the buffer is open a callback may be reading the old array: then it is left to the collector.
        if (!_isOpen)
            Return(old);
    }

    private void Release()
    {
        Return(_array);
        _array = [];
        _chunk = null;
        _start = _end = _searched = 0;
    }

    private static void Return(byte[] array)
    {
        if (array.Length > 0)
            ArrayPool<byte>.Shared.Return(array);
    }
}
