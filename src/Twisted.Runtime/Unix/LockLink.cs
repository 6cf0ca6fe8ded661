using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Twisted.Internet;

/// <summary>
/// A symbolic link whose target is the owner's process id: making one is atomic, and no half-written one is ever seen.
/// The same as Twisted's, so that the two keep each other out.
/// </summary>
internal sealed class LockLink
{
    /// <summary>
    /// Locks of this process. One that names our id and is not among them is a dead process's whose id we were given:
    /// in a container that is the usual case.
    /// </summary>
    private static readonly ConcurrentDictionary<string, bool> Held = [];

    private readonly string _path;

    private LockLink(string path) => _path = path;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="wasStale">Whether it was a dead process's.</param>
    /// <param name="holder">Who has it, when it cannot be had.</param>
    /// <returns>Null when a living process has it.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal static LockLink? Take(string path, out bool wasStale, out int holder)
    {
        wasStale = false;
        while (!TryMake(path))
        {
            holder = HolderOf(path);
            if (holder != 0)
                return null;
            wasStale |= RemoveStale(path);
        }
        holder = 0;
        return new LockLink(path);
    }

    /// <summary>Whether a living process holds the lock with this path.</summary>
    internal static bool IsHeld(string path) => HolderOf(Path.GetFullPath(path)) != 0;

    /// <summary>Takes the lock from who holds it and has agreed to that.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal static LockLink Replace(string path)
    {
        string own = $"{path}.{Environment.ProcessId}";
        Held[path] = true; // before it can be seen: to another thread it would look stale
        try
        {
            File.CreateSymbolicLink(own, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            File.Move(own, path, overwrite: true); // there is no moment without a lock
            return new LockLink(path);
        }
        catch
        {
            Held.TryRemove(path, out _);
            throw;
        }
    }

    /// <summary>It is another process's now.</summary>
    internal void Leave() => Held.TryRemove(_path, out _);

    internal void Release()
    {
        if (Held.TryRemove(_path, out _))
            File.Delete(_path);
    }

    private static bool TryMake(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new IOException("Windows has no lock files of this kind.");
        if (!Held.TryAdd(path, true)) // before it can be seen: to another thread it would look stale
            return false;
        try
        {
            File.CreateSymbolicLink(path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (Exception failure)
        {
            Held.TryRemove(path, out _);
            if (failure is IOException && LinkOf(path) is not null)
                return false;
            throw;
        }
    }

    /// <summary>The living process that holds a lock; 0 when nobody does.</summary>
    private static int HolderOf(string path)
    {
        if (LinkOf(path) is not { } target)
            return 0;
        if (!TryParse(target, out int id))
            throw new IOException($"{path} is in the way: it is not a lock file.");
        bool isAlive = id == Environment.ProcessId ? Held.ContainsKey(path) : IsAlive(id);
        return isAlive ? id : 0;
    }

    /// <summary>
    /// Moves the lock aside and looks whether it is the stale one: another process may have been quicker.
    /// </summary>
    private static bool RemoveStale(string path)
    {
        string aside = $"{path}.{Environment.ProcessId}";
        try
        {
            File.Move(path, aside, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        if (LinkOf(aside) is { } target && !IsStale(target))
        {
            File.Move(aside, path);
            return false;
        }
        File.Delete(aside);
        return true;
    }

    /// <summary>
    /// Whether the target of what was moved aside names a process that has gone, or us, who were not in it. Anything
    /// else goes back to its place: it is living, or no lock.
    /// </summary>
    internal static bool IsStale(string target) => TryParse(target, out int id)
        && (id == Environment.ProcessId || !IsAlive(id));

    /// <summary>Digits and nothing else: a sign or a blank is no process's.</summary>
    private static bool TryParse(string target, out int id) =>
        int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id != 0;

    private static string? LinkOf(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget ?? (file.Exists ? "" : null);
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
