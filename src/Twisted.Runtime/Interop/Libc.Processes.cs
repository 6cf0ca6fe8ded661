using System.Runtime.InteropServices;

namespace Twisted.Internet;

// Child processes, pipes, terminals.
internal static unsafe partial class Libc
{
    [LibraryImport(Name, EntryPoint = "pipe2", SetLastError = true)]
    internal static partial int Pipe(int* ends, int flags);

    [LibraryImport(Name, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport(Name, EntryPoint = "lseek", SetLastError = true)]
    internal static partial long Seek(int fd, long offset, int whence);

    [LibraryImport(Name, EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(int fd, nuint request, void* argument);

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport(Name, EntryPoint = "waitid", SetLastError = true)]
    internal static partial int WaitId(int kind, int id, byte* info, int options);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport(Name, EntryPoint = "posix_spawnp")]
    internal static partial int Spawn(int* pid, byte* file, void* actions, void* attributes, byte** arguments,
        byte** environment);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int SpawnActionsInit(void* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int SpawnActionsDestroy(void* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int SpawnDuplicate(void* actions, int from, int to);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addclose")]
    internal static partial int SpawnClose(void* actions, int fd);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addopen")]
    internal static partial int SpawnOpen(void* actions, int fd, byte* path, int flags, int mode);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    internal static partial int SpawnChangeFolder(void* actions, byte* path);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    internal static partial int SpawnCloseFrom(void* actions, int first);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_init")]
    internal static partial int SpawnAttributesInit(void* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int SpawnAttributesDestroy(void* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SpawnSetFlags(void* attributes, short flags);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SpawnSetDefaultSignals(void* attributes, void* set);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SpawnSetSignalMask(void* attributes, void* set);
}

/// <summary>The constants of child processes, pipes and terminals; alike on x64 and arm64.</summary>
internal static class LinuxProcess
{
    internal const int O_RDWR = 2;
    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_NOCTTY = 0x100;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;
    internal const int F_GETFL = 3;
    internal const int F_SETFL = 4;
    internal const int SEEK_CUR = 1;
    internal const uint EPOLLPRI = 0x2;

    internal const short POSIX_SPAWN_SETSIGDEF = 0x04;
    internal const short POSIX_SPAWN_SETSIGMASK = 0x08;
    internal const short POSIX_SPAWN_SETSID = 0x80;

    internal const int P_PID = 1;
    internal const int P_PIDFD = 3;
    internal const int WNOHANG = 1;
    internal const int WEXITED = 4;
    internal const int CLD_EXITED = 1;
    internal const int SIGKILL = 9;
    internal const int SYS_pidfd_send_signal = 424;
    internal const int SYS_pidfd_open = 434;

    internal const uint TIOCSWINSZ = 0x5414;
    internal const uint TIOCGPTN = 0x80045430;
    internal const uint TIOCSPTLCK = 0x40045431;

    /// <summary>Bytes of a signal set of the C library, GNU's and musl's.</summary>
    internal const int SignalSetBytes = 128;

    /// <summary>More bytes than posix_spawn's two structures have in any C library (80 and 336).</summary>
    internal const int SpawnBytes = 512;

    internal const int EIO = 5;
    internal const int ENOENT = 2;
    internal const int ESRCH = 3;
}
