using System.Runtime.CompilerServices;

namespace Twisted.Internet;

/// <summary>Which file a name stands for: two names of one file are equal, a later file of a name is not.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, bool IsSocket)
{
    // struct statx, the same on every machine.
    private const int StatxSize = 256;
    private const int ModeAt = 28;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;
    private const int KindMask = 0xF000;
    private const int SocketKind = 0xC000;

    /// <summary>
    /// The file of a name, a symbolic link itself and not its target unless it follows; null when there is none. Where
    /// this is not Linux all sockets look alike, and only what we have just bound is asked about.
    /// </summary>
    internal static unsafe FileIdentity? Of(string path, bool follows = false)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path) ? new FileIdentity(0, 0, IsSocket: false) : null;
        byte* status = stackalloc byte[StatxSize];
        int result = Libc.Stat(
            Linux.AT_FDCWD, path, follows ? 0 : Linux.AT_SYMLINK_NOFOLLOW, Linux.STATX_TYPE_AND_INODE, status);
        if (result != 0)
            return null;
        return new FileIdentity(
            Unsafe.ReadUnaligned<ulong>(status + DeviceAt), Unsafe.ReadUnaligned<ulong>(status + InodeAt),
            (Unsafe.ReadUnaligned<ushort>(status + ModeAt) & KindMask) == SocketKind);
    }
}
