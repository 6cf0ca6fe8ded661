namespace Twisted.Internet;

/// <summary>A lock that programs share by a name in the file system. Twisted: <c>lockfile.FilesystemLock</c>.</summary>
/// <remarks>Its class is in Twisted.Runtime, because Core touches no files.</remarks>
public interface IFilesystemLock
{
    /// <summary>Its name in the file system.</summary>
    string Path { get; }

    /// <summary>Whether this object holds it. Twisted: <c>locked</c>.</summary>
    bool IsLocked { get; }

    /// <summary>Takes it if it is free, or if its owner has died. Never waits. Twisted: <c>lock</c>.</summary>
    /// <returns>Whether this object holds it now; false when anybody held it already.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    bool TryLock();

    /// <summary>Gives it back. Twisted: <c>unlock</c>.</summary>
    /// <exception cref="InvalidOperationException">This object does not hold it.</exception>
    void Unlock();
}
