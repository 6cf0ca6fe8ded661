namespace Twisted.Internet;

/// <summary>Looks a program up as the system does: for what another program is going to run.</summary>
internal static class ProgramSearch
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Its path, or null.</summary>
    /// <param name="name">A name for the PATH, or a path.</param>
    /// <param name="folder">Where a relative path begins.</param>
    internal static string? Find(string name, string? folder)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            string path = Path.Combine(Path.GetFullPath(folder ?? "."), name);
            return IsProgram(path) ? path : null;
        }
        foreach (string place in (Environment.GetEnvironmentVariable("PATH") ?? "/bin:/usr/bin").Split(':'))
        {
            string path = Path.Combine(place.Length == 0 ? "." : place, name);
            if (IsProgram(path))
                return path;
        }
        return null;
    }

    private static bool IsProgram(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0;
}
