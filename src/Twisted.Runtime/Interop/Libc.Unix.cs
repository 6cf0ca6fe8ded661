using System.Runtime.InteropServices;

namespace Twisted.Internet;

// Messages with descriptors, names of sockets, kinds of files. Those of every message do not keep errno.
internal static unsafe partial class Libc
{
    [LibraryImport(Name, EntryPoint = "sendmsg")]
    internal static partial nint SendMessage(int fd, MessageHeader* message, int flags);

    [LibraryImport(Name, EntryPoint = "recvmsg")]
    internal static partial nint ReceiveMessage(int fd, MessageHeader* message, int flags);

    [LibraryImport(Name, EntryPoint = "getpeername", SetLastError = true)]
    internal static partial int GetPeerName(int fd, byte* address, int* length);

    [LibraryImport(Name, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Stat(int folder, string path, int flags, uint mask, byte* result);
}

/// <summary>struct msghdr, as 64-bit Linux lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    internal byte* Name;
    internal nint NameLength;
    internal IoVector* Vectors;
    internal nint VectorCount;
    internal byte* Control;
    internal nint ControlLength;
    internal nint Flags;
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    internal byte* Start;
    internal nint Length;
}
