using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// struct epoll_event: 32 bits of events, then 64 of data. x64 packs it, every other system aligns the data.
/// </summary>
internal static unsafe class EpollEvent
{
    /// <summary>Bytes that hold one, whatever the machine.</summary>
    internal const int MostBytes = 16;

    // Constants to the compiled loop; the order matters.
    private static readonly int DataOffset =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? sizeof(uint) : sizeof(ulong);

    /// <summary>Bytes of one, on this machine.</summary>
    internal static readonly int Size = DataOffset + sizeof(ulong);

    internal static uint Events(byte* one) => *(uint*)one;

    internal static ulong Data(byte* one) => Unsafe.ReadUnaligned<ulong>(one + DataOffset);

    internal static void Write(byte* one, uint events, ulong data)
    {
        *(uint*)one = events;
        Unsafe.WriteUnaligned(one + DataOffset, data);
    }
}
