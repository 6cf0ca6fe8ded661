using System.Runtime.InteropServices;

namespace Twisted.Internet;

// Who the process is, and what it belongs to. The C library changes all threads at once.
internal static unsafe partial class Libc
{
    [LibraryImport(Name, EntryPoint = "setsid", SetLastError = true)]
    internal static partial int SetSession();

    [LibraryImport(Name, EntryPoint = "umask")]
    internal static partial uint SetFileMask(uint mask);

    [LibraryImport(Name, EntryPoint = "setgroups", SetLastError = true)]
    internal static partial int SetGroups(nint count, uint* groups);

    [LibraryImport(Name, EntryPoint = "getgroups", SetLastError = true)]
    internal static partial int GetGroups(int most, uint* groups);

    [LibraryImport(Name, EntryPoint = "initgroups", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int InitializeGroups(string user, uint group);

    [LibraryImport(Name, EntryPoint = "setresgid", SetLastError = true)]
    internal static partial int SetGroup(uint real, uint effective, uint saved);

    [LibraryImport(Name, EntryPoint = "setresuid", SetLastError = true)]
    internal static partial int SetUser(uint real, uint effective, uint saved);

    [LibraryImport(Name, EntryPoint = "getresgid")]
    internal static partial int GetGroup(uint* real, uint* effective, uint* saved);

    [LibraryImport(Name, EntryPoint = "getresuid")]
    internal static partial int GetUser(uint* real, uint* effective, uint* saved);

    [LibraryImport(Name, EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FindUser(string name, UserEntry* entry, byte* buffer, nint size, UserEntry** found);

    [LibraryImport(Name, EntryPoint = "getpwuid_r")]
    internal static partial int FindUser(uint id, UserEntry* entry, byte* buffer, nint size, UserEntry** found);

    [LibraryImport(Name, EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FindGroup(string name, GroupEntry* entry, byte* buffer, nint size, GroupEntry** found);
}

/// <summary>struct passwd, as Linux lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UserEntry
{
    internal byte* Name;
    internal byte* Password;
    internal uint User;
    internal uint Group;
    internal byte* Comment;
    internal byte* Home;
    internal byte* Shell;
}

/// <summary>struct group, as Linux lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GroupEntry
{
    internal byte* Name;
    internal byte* Password;
    internal uint Group;
    internal byte** Members;
}
