using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>What a descriptor of a child process is. Twisted: a value of <c>childFDs</c>.</summary>
public sealed class ChildDescriptor
{
    private ChildDescriptor(SafeHandle? handle = null) => Handle = handle;

    /// <summary>A pipe: what the child writes is told by ChildDataReceived. Twisted: <c>"r"</c>.</summary>
    public static ChildDescriptor ReadPipe { get; } = new();

    /// <summary>A pipe: what is given to WriteToChild is what the child reads. Twisted: <c>"w"</c>.</summary>
    public static ChildDescriptor WritePipe { get; } = new();

    /// <summary>Our own descriptor of the same number.</summary>
    public static ChildDescriptor Inherited { get; } = new();

    /// <summary>The handle, or null for the three others.</summary>
    internal SafeHandle? Handle { get; }

    /// <summary>A descriptor of ours: an open file, a socket, a pipe.</summary>
    /// <param name="handle">Still ours: it may be closed as soon as SpawnProcess has returned.</param>
    public static ChildDescriptor From(SafeHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return new ChildDescriptor(handle);
    }
}
