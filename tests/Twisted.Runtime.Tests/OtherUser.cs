using System.Runtime.InteropServices;

namespace Twisted.Tests;

/// <summary>To the file system this thread, and no other, is nobody's: root may read everything otherwise.</summary>
internal sealed partial class OtherUser : IDisposable
{
    private const int Nobody = 65534;

    private readonly int _before = SetFileUser(Environment.IsPrivilegedProcess ? Nobody : -1);

    public void Dispose() => _ = SetFileUser(_before);

    /// <summary>Linux, for the calling thread alone; -1 changes nothing.</summary>
    /// <returns>Who it was before.</returns>
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(int user);
}
