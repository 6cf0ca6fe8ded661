using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;

namespace Twisted.Daemon;

/// <summary>What a plugin has in common with the tool: the types that both speak of.</summary>
internal static class SharedAssemblies
{
    private const string Ours = "Twisted.";

    /// <summary>The logger's contract, and what it refers to itself.</summary>
    private static readonly string[] Others =
        [typeof(ILogger).Assembly.GetName().Name!, "Microsoft.Extensions.DependencyInjection.Abstractions"];

    /// <summary>The tool's assembly of that name; null when it has none, or none that is shared.</summary>
    internal static Assembly? Find(string? name)
    {
        if (name is null || !(name.StartsWith(Ours, StringComparison.Ordinal) || Others.Contains(name)))
            return null;
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName { Name = name });
        }
        catch (FileNotFoundException)
        {
            return null; // a room of Twisted that the tool does not use: the plugin brings it along
        }
    }
}
