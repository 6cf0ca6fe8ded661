namespace Twisted.Internet;

/// <summary>
/// A lock that is a symbolic link to its owner's process id. Twisted: <c>lockfile.FilesystemLock</c>; the two keep each
/// other out.
/// </summary>
/// <remarks>
/// Any one thread at a time. The lock of a process that has died is taken over. Not for Windows, nor for folders that
/// several machines share: a process id says nothing there.
/// </remarks>
public sealed class FilesystemLock : IFilesystemLock
{
    private LockLink? _held;

    /// <summary>A lock that is not held yet.</summary>
    /// <param name="path">Its name in the file system; made absolute now, as the program may change its folder.</param>
    public FilesystemLock(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public bool IsLocked => _held is not null;

    /// <summary>Whether it was free when taken, not left by a dead process. Twisted: <c>clean</c>.</summary>
    public bool WasClean { get; private set; }

    /// <inheritdoc/>
    public bool TryLock()
    {
        if (IsLocked)
            return false;
        _held = LockLink.Take(Path, out bool wasStale, out _);
        WasClean = IsLocked && !wasStale;
        return IsLocked;
    }

    /// <inheritdoc/>
    public void Unlock()
    {
        if (_held is null)
            throw new InvalidOperationException($"The lock {Path} is not held by this object. TryLock takes it.");
        _held.Release();
        _held = null;
    }

    /// <summary>Whether a living process holds the lock of that name. Twisted: <c>isLocked</c>.</summary>
    /// <param name="path">Its name in the file system.</param>
    /// <exception cref="IOException">Something else has that name.</exception>
    public static bool IsHeld(string path) => LockLink.IsHeld(path);
}
