using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Tests;

/// <summary>A scripted socket that carries descriptors. They are numbers that nothing is open for.</summary>
internal sealed class ScriptedUnixSocket : ScriptedSocket, IDescriptorSocket
{
    /// <summary>The engine's own descriptors, in the order that it made them.</summary>
    internal List<SafeFileHandle> Duplicates { get; } = [];

    /// <summary>What was sent with descriptors: the bytes, and their numbers.</summary>
    internal List<string> Messages { get; } = [];

    /// <summary>What comes with the next bytes.</summary>
    internal List<SafeFileHandle> Coming { get; } = [];

    internal static SafeFileHandle Handle(int number) => new(number, ownsHandle: false);

    public SafeFileHandle Duplicate(SafeHandle descriptor)
    {
        Duplicates.Add(Handle((int)descriptor.DangerousGetHandle()));
        return Duplicates[^1];
    }

    public int Send(ReadOnlySpan<byte> data, ReadOnlySpan<SafeFileHandle> descriptors)
    {
        var numbers = new List<int>();
        foreach (SafeFileHandle descriptor in descriptors)
            numbers.Add((int)descriptor.DangerousGetHandle());
        int count = Send(data);
        if (count > 0)
            Messages.Add($"{Encoding.ASCII.GetString(data[..count])}: {string.Join(' ', numbers)}");
        return count;
    }

    public int Receive(Span<byte> buffer, List<SafeFileHandle> descriptors)
    {
        descriptors.AddRange(Coming);
        Coming.Clear();
        return Receive(buffer);
    }
}
