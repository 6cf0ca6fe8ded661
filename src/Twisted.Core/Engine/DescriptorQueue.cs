using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Internet;

/// <summary>
/// Descriptors that wait to be sent, each with the byte that it rides on. It counts the bytes from when it was made.
/// </summary>
internal sealed class DescriptorQueue(IDescriptorSocket socket)
{
    private readonly Queue<(long Byte, SafeFileHandle Descriptor)> _waiting = [];
    private readonly List<SafeFileHandle> _riding = [];
    private long _sent;

    /// <summary>Adds one that rides on the byte behind those that wait.</summary>
    internal void Add(SafeHandle descriptor, long bytesWaiting) =>
        _waiting.Enqueue((_sent + bytesWaiting, socket.Duplicate(descriptor)));

    /// <summary>How much of the bytes can go in one send: up to the next that carries descriptors.</summary>
    internal ReadOnlySpan<byte> Limit(ReadOnlySpan<byte> next)
    {
        int riding = 0;
        foreach ((long place, _) in _waiting)
        {
            if (place <= _sent && ++riding <= IDescriptorSocket.MostDescriptors)
                continue;
            // Those that find no place in the message ride on the byte behind it.
            return next[..(int)Math.Min(next.Length, Math.Max(place - _sent, 1))];
        }
        return next;
    }

    /// <summary>Sends what <see cref="Limit"/> gave; see <see cref="ISocketDriver.Send"/>.</summary>
    internal int Send(ReadOnlySpan<byte> next)
    {
        _riding.Clear();
        foreach ((long place, SafeFileHandle descriptor) in _waiting)
        {
            if (place > _sent || _riding.Count == IDescriptorSocket.MostDescriptors)
                break;
            _riding.Add(descriptor);
        }
        int count = _riding.Count == 0
            ? socket.Send(next)
            : socket.Send(next, CollectionsMarshal.AsSpan(_riding));
        if (count <= 0)
            return count;
        _sent += count;
        for (int i = 0; i < _riding.Count; i++)
            _waiting.Dequeue().Descriptor.Dispose();
        return count;
    }

    /// <summary>The connection ends: those that have not gone are closed.</summary>
    internal void Clear()
    {
        while (_waiting.TryDequeue(out (long Byte, SafeFileHandle Descriptor) waiting))
            waiting.Descriptor.Dispose();
    }
}
