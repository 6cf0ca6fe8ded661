using System.Globalization;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// Who a process is to be after it has bound its ports: root's rights are given up for good, and that is checked.
/// Twisted: <c>twistd --uid --gid</c>.
/// </summary>
/// <remarks>
/// Linux. With systemd prefer User= and AmbientCapabilities= of the unit: then there is nothing to give up.
/// </remarks>
public sealed class ProcessIdentity
{
    private const int EntrySize = 16 * 1024; // what the C library writes names to; entries are far smaller
    private const uint Unchanged = uint.MaxValue;

    private readonly uint? _user;
    private readonly uint? _group;
    private readonly string? _name; // of the user, for the groups that it is in

    private ProcessIdentity(uint? user, uint? group, string? name)
    {
        _user = user;
        _group = group;
        _name = name;
    }

    /// <summary>Looks the user and the group up; nothing changes yet.</summary>
    /// <param name="user">A name or a number; null stays who it is.</param>
    /// <param name="group">A name or a number; null is the user's own group.</param>
    /// <exception cref="ArgumentException">There is no such user or group.</exception>
    /// <exception cref="PlatformNotSupportedException">Not on Linux.</exception>
    public static ProcessIdentity Find(string? user, string? group)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Only on Linux can a process become another user.");
        (uint Id, uint Group, string? Name)? found = user is null ? null : FindUser(user);
        uint? groupId = group is null ? found?.Group : FindGroup(group);
        return new ProcessIdentity(found?.Id, groupId, found?.Name);
    }

    /// <summary>
    /// Becomes that user, in this order: supplementary groups, group, user. All threads change. Then the identity is
    /// read again, and getting root back has to fail.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The process is not root.</exception>
    /// <exception cref="InvalidOperationException">The system said yes, but rights are left.</exception>
    public unsafe void Become()
    {
        if (_group is { } group)
        {
            bool isNamed = _name is not null;
            Ensure(isNamed ? Libc.InitializeGroups(_name!, group) : Libc.SetGroups(1, &group), "set its groups");
            Ensure(Libc.SetGroup(group, group, group), $"become group {group}");
        }
        if (_user is { } user)
            Ensure(Libc.SetUser(user, user, user), $"become user {user}");
        Verify();
    }

    private unsafe void Verify()
    {
        uint real, effective, saved;
        if (_group is { } group)
        {
            _ = Libc.GetGroup(&real, &effective, &saved);
            EnsureSame(group, real, effective, saved, "group");
            EnsureWithoutRootsGroup(group);
        }
        if (_user is not { } user)
            return;
        _ = Libc.GetUser(&real, &effective, &saved);
        EnsureSame(user, real, effective, saved, "user");
        if (user != 0 && Libc.SetUser(Unchanged, 0, Unchanged) == 0)
            throw new InvalidOperationException($"The process became user {user}, but can become root again.");
    }

    /// <summary>Of the supplementary groups, root's is the one that must not be left.</summary>
    private static unsafe void EnsureWithoutRootsGroup(uint group)
    {
        var groups = new uint[Math.Max(0, Libc.GetGroups(0, null))];
        int count;
        fixed (uint* first = groups)
            count = Libc.GetGroups(groups.Length, first);
        if (count < 0 || (group != 0 && groups.AsSpan(0, count).Contains(0u)))
            throw new InvalidOperationException(
                $"The process became group {group}, but is in root's group still. Take the user out of that.");
    }

    private static void EnsureSame(uint wanted, uint real, uint effective, uint saved, string what)
    {
        if (real != wanted || effective != wanted || saved != wanted)
            throw new InvalidOperationException(
                $"The process was to be {what} {wanted}, but is {real}, {effective} and {saved}.");
    }

    private static void Ensure(int result, string what)
    {
        if (result != 0)
            throw new UnauthorizedAccessException(
                $"Cannot {what}: {Errno.LastFailure().Text}. Only root can become another user.");
    }

    private static unsafe (uint Id, uint Group, string? Name) FindUser(string user)
    {
        UserEntry entry;
        UserEntry* found = null;
        byte[] names = new byte[EntrySize];
        fixed (byte* buffer = names)
        {
            if (Number(user) is { } id)
            {
                _ = Libc.FindUser(id, &entry, buffer, names.Length, &found);
                // A number needs no name; then the group has to be given, or is the same number.
                return found is null ? (id, id, null) : (id, found->Group, Marshal.PtrToStringUTF8((nint)found->Name));
            }
            _ = Libc.FindUser(user, &entry, buffer, names.Length, &found);
            return found is null
                ? throw new ArgumentException($"There is no user '{user}'.")
                : (found->User, found->Group, user);
        }
    }

    private static unsafe uint FindGroup(string group)
    {
        if (Number(group) is { } id)
            return id;
        GroupEntry entry;
        GroupEntry* found = null;
        byte[] names = new byte[EntrySize];
        fixed (byte* buffer = names)
            _ = Libc.FindGroup(group, &entry, buffer, names.Length, &found);
        return found is null ? throw new ArgumentException($"There is no group '{group}'.") : found->Group;
    }

    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number != Unchanged
            ? number
            : null;
}
