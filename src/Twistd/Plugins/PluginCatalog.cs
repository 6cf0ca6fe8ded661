namespace Twisted.Daemon;

/// <summary>The plugins of some folders: which sub-commands there are, and what is wrong with the others.</summary>
internal sealed class PluginCatalog
{
    private const int LongestName = 40;

    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, FoundPlugin> _plugins = new(StringComparer.Ordinal);
    private readonly List<string> _complaints = [];

    /// <summary>An empty one.</summary>
    /// <param name="taken">The names of the tool's own sub-commands.</param>
    internal PluginCatalog(IEnumerable<string> taken) => _taken = taken.ToHashSet(StringComparer.Ordinal);

    /// <summary>The plugins, by their sub-commands.</summary>
    internal IReadOnlyDictionary<string, FoundPlugin> Plugins => _plugins;

    /// <summary>What cannot be run, a line each.</summary>
    /// <param name="asked">A sub-command that will say for itself what is wrong with it.</param>
    internal IEnumerable<string> Complaints(string? asked) => _complaints.Concat(
        from plugin in _plugins.Values
        where plugin.Declaration.Name != asked
        let defect = plugin.Defect
        where defect is not null
        select Skipped(plugin.Path, defect));

    /// <summary>Notes what is wrong.</summary>
    internal void Complain(string line) => _complaints.Add(line);

    /// <summary>Adds the plugins of a folder; the first of a name is the one that has it.</summary>
    internal void Add(string folder)
    {
        foreach (string assembly in PluginFolder.Assemblies(folder, Complain))
            AddAssembly(assembly, isAlone: Path.GetDirectoryName(assembly) == folder);
    }

    private void AddAssembly(string assembly, bool isAlone)
    {
        PluginMetadata metadata;
        try
        {
            metadata = PluginFolder.Read(assembly);
        }
        catch (Exception failure) when (failure is BadImageFormatException or IOException
            or UnauthorizedAccessException)
        {
            Complain(Skipped(assembly, failure.Message));
            return;
        }
        if (metadata.Declarations.Count == 0 && !isAlone) // beside others it may be what they depend on
            Complain(Skipped(assembly, "It has no [assembly: TwistdPlugin]."));
        foreach (PluginDeclaration declaration in metadata.Declarations)
        {
            if (!IsName(declaration.Name))
                Complain(Skipped(assembly, $"'{declaration.Name}' is no name for a sub-command: take letters, digits "
                    + $"and '-', at most {LongestName}, a letter first."));
            else if (_taken.Contains(declaration.Name))
                Complain(Skipped(assembly, $"'{declaration.Name}' is the tool's own: name it otherwise."));
            else if (_plugins.TryGetValue(declaration.Name, out FoundPlugin? other))
                Complain(Skipped(assembly, $"'{declaration.Name}' is that of {other.Path} already."));
            else
                _plugins.Add(declaration.Name, new FoundPlugin(assembly, declaration, metadata.TooNew));
        }
    }

    private static string Skipped(string path, string reason) => $"The plugin {path} is skipped: {reason}";

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && char.IsAsciiLetter(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
