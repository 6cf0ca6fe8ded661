using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace Twisted.Daemon;

/// <summary>
/// Where one plugin's code lives: what it brings along is its own, in its own version; what it shares with the tool is
/// the tool's.
/// </summary>
[RequiresUnreferencedCode("What a plugin needs is not known when the tool is trimmed.")]
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private static readonly ConcurrentDictionary<string, PluginLoadContext> Loaded = new(StringComparer.Ordinal);

    private readonly string _path;
    private readonly AssemblyDependencyResolver _resolver;

    private PluginLoadContext(string path) : base(Path.GetFileNameWithoutExtension(path))
    {
        _path = path;
        _resolver = new AssemblyDependencyResolver(path);
    }

    /// <summary>
    /// That of a plugin: one in the life of the process, however often the command line is read, for what was loaded
    /// once stays.
    /// </summary>
    /// <param name="path">The plugin's assembly.</param>
    internal static PluginLoadContext Of(string path) => Loaded.GetOrAdd(path, static path => new(path));

    /// <summary>The plugin's own assembly.</summary>
    internal Assembly LoadPlugin() => LoadFromAssemblyPath(_path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (SharedAssemblies.Find(assemblyName.Name) is { } shared)
            return shared;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
}
