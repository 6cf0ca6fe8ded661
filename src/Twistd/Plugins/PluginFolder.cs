namespace Twisted.Daemon;

/// <summary>A folder of plugins: the one class here that touches files.</summary>
/// <remarks>
/// A plugin is <c>X/X.dll</c>, with what it depends on beside it, or <c>X.dll</c> alone. Nothing is ever written.
/// </remarks>
internal static class PluginFolder
{
    private const string Extension = ".dll";

    /// <summary>The environment's name for folders of plugins.</summary>
    internal const string VariableName = "TWISTD_PLUGINS";

    /// <summary>The folders that are there without being asked for: of the environment, and beside the tool.</summary>
    /// <param name="complain">Told what is wrong with them.</param>
    internal static IEnumerable<string> Usual(Action<string> complain)
    {
        string variable = Environment.GetEnvironmentVariable(VariableName) ?? "";
        foreach (string folder in variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Exists(folder))
                yield return Path.GetFullPath(folder);
            else
                complain($"{VariableName}: there is no folder {folder}.");
        }
        string beside = Path.Combine(AppContext.BaseDirectory, "plugins");
        if (Exists(beside))
            yield return beside;
    }

    /// <summary>Whether a folder is there.</summary>
    internal static bool Exists(string folder) => Directory.Exists(folder);

    /// <summary>The assemblies of a folder that may be plugins, by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="complain">Told what looks like a plugin and cannot be one.</param>
    internal static IEnumerable<string> Assemblies(string folder, Action<string> complain)
    {
        string[] entries;
        try
        {
            entries = Directory.GetFileSystemEntries(Path.GetFullPath(folder));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            complain($"The plugins of {folder} are skipped: {failure.Message}");
            yield break;
        }
        Array.Sort(entries, StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            string name = Path.GetFileName(entry);
            if (!Directory.Exists(entry))
            {
                if (Path.GetExtension(entry) == Extension)
                    yield return entry;
                continue;
            }
            string assembly = Path.Combine(entry, name + Extension);
            if (File.Exists(assembly))
                yield return assembly;
            else if (name[0] != '.')
                complain($"The plugin {entry} is skipped: there is no {name}{Extension} in it.");
        }
    }

    /// <summary>What is declared by an assembly.</summary>
    /// <exception cref="BadImageFormatException">It is not one, or it is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static PluginMetadata Read(string assembly) => PluginMetadata.Read(File.OpenRead(assembly));
}
