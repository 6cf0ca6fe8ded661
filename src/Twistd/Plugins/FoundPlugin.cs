using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>A sub-command that an assembly declares.</summary>
/// <param name="Path">The assembly.</param>
/// <param name="Declaration">What it says.</param>
/// <param name="Defect">Why it cannot be run, as far as is known without loading it; null when nothing is.</param>
internal sealed record FoundPlugin(string Path, PluginDeclaration Declaration, string? Defect)
{
    /// <summary>Loads it: only now its code runs.</summary>
    /// <exception cref="PluginLoadException">It cannot be loaded.</exception>
    [RequiresUnreferencedCode("What a plugin needs is not known when the tool is trimmed.")]
    internal IServiceMaker Load()
    {
        if (Defect is not null)
            throw new PluginLoadException(Path, Defect);
        try
        {
            PluginLoadContext context = PluginLoadContext.Of(Path);
            Assembly assembly = context.LoadPlugin();
            Type type = Type.GetType(Declaration.Maker, context.LoadFromAssemblyName,
                (other, name, ignoreCase) => (other ?? assembly).GetType(name, throwOnError: true, ignoreCase),
                throwOnError: true)!;
            return Activator.CreateInstance(type) as IServiceMaker
                ?? throw new PluginLoadException(Path, $"{type} is no {nameof(IServiceMaker)}.");
        }
        catch (Exception failure) when (failure is not PluginLoadException)
        {
            throw Failed(failure);
        }
    }

    /// <summary>What to throw when the plugin's code has thrown.</summary>
    internal PluginLoadException Failed(Exception failure) => new(Path, Cause(failure));

    /// <summary>What was thrown in the plugin, not what reflection makes of it.</summary>
    private static string Cause(Exception failure)
    {
        while (failure is TargetInvocationException or TypeInitializationException
            && failure.InnerException is { } inner)
            failure = inner;
        return $"{failure.GetType().Name}: {failure.Message}";
    }
}
