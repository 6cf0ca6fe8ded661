namespace Twisted;

/// <summary>Which bug is switched on: what the planted lines ask.</summary>
internal static class Planted
{
    /// <summary>Of this thread: a simulation runs on one, and others run with other bugs at the same time.</summary>
    [ThreadStatic] private static string? _active;

    /// <summary>Whether it is this bug.</summary>
    /// <param name="name">A literal: literals and <see cref="Switch"/> share their instances.</param>
    internal static bool Is(string name) => ReferenceEquals(_active, name);

    /// <summary>Switches a bug on, for this thread; null switches all off.</summary>
    internal static void Switch(string? bug) => _active = bug is null ? null : string.Intern(bug);
}
