using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// What a bound UNIX socket has in the file system: its own name and, if wanted, its lock. Nothing else is ever
/// removed. An abstract name has neither.
/// </summary>
internal sealed class UnixSocketFile
{
    private readonly UnixDomainSocketEndPoint _address;
    private readonly string? _path; // absolute: the program may change its folder
    private readonly LockLink? _lock;
    private FileIdentity? _identity;

    private UnixSocketFile(UnixDomainSocketEndPoint address, string? path, LockLink? ownLock)
    {
        _address = address;
        _path = path;
        _lock = ownLock;
    }

    /// <summary>The lock of a socket: Twisted's ending, so that the two keep each other out.</summary>
    internal static string LockOf(string path) => path + ".lock";

    /// <summary>Before the socket is bound: takes the lock, and removes what a dead owner of it has left.</summary>
    /// <exception cref="CannotListenException">The lock is held by a living process, or cannot be made.</exception>
    internal static UnixSocketFile Claim(UnixDomainSocketEndPoint address, bool lockFile)
    {
        string name = UnixPath.Text(address)!;
        if (UnixPath.IsAbstract(name))
        {
            return lockFile
                ? throw new CannotListenException($"Couldn't listen on {address}: an abstract name has no lock file.")
                : new UnixSocketFile(address, null, null);
        }
        string path = Path.GetFullPath(name);
        if (!lockFile)
            return new UnixSocketFile(address, path, null);
        try
        {
            LockLink taken = LockLink.Take(LockOf(path), out bool wasStale, out int holder)
                ?? throw new CannotListenException(
                $"Couldn't listen on {address}: process {holder} holds its lock file. Stop that process first.");
            if (wasStale && FileIdentity.Of(path) is { IsSocket: true })
                File.Delete(path);
            return new UnixSocketFile(address, path, taken);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException
            || failure is IOException and not CannotListenException)
        {
            throw new CannotListenException($"Couldn't listen on {address}: no lock file: {failure.Message}", failure);
        }
    }

    /// <summary>The socket has its name and does not listen yet: nobody comes before the permissions are set.</summary>
    /// <exception cref="CannotListenException">The permissions cannot be set.</exception>
    internal void Bound(UnixFileMode mode)
    {
        if (_path is null)
            return;
        _identity = FileIdentity.Of(_path);
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            File.SetUnixFileMode(_path, mode);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CannotListenException(
                $"Couldn't listen on {_address}: its mode cannot be set: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// Of a socket that another process has bound and passed on: its name is ours from now on, and its lock, if wanted.
    /// </summary>
    /// <exception cref="CannotListenException">The lock cannot be made.</exception>
    internal static UnixSocketFile Inherit(UnixDomainSocketEndPoint address, bool lockFile)
    {
        string name = UnixPath.Text(address)!;
        if (UnixPath.IsAbstract(name))
            return new UnixSocketFile(address, null, null);
        string path = Path.GetFullPath(name);
        try
        {
            return new UnixSocketFile(address, path, lockFile ? LockLink.Replace(LockOf(path)) : null)
            {
                _identity = FileIdentity.Of(path),
            };
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new CannotListenException($"Couldn't listen on {address}: no lock file: {failure.Message}", failure);
        }
    }

    /// <summary>Name and lock are another process's now.</summary>
    internal void Leave()
    {
        _identity = null;
        _lock?.Leave();
    }

    /// <summary>Removes what is ours: the name, unless another socket or file has taken it, then the lock.</summary>
    internal void Release()
    {
        try
        {
            if (_identity is { } own && FileIdentity.Of(_path!) == own)
                File.Delete(_path!);
            _lock?.Release();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody has taken the folder away from us: nothing of ours can be removed any more.
        }
        _identity = null;
    }
}
