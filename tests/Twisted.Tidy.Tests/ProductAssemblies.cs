using System.Reflection;

namespace Twisted.Tidy.Tests;

/// <summary>The built rooms of the product. The project file references every one that there is.</summary>
internal static class ProductAssemblies
{
    /// <summary>They run in the compiler, or hold no code.</summary>
    private static readonly string[] NotLoaded = ["Twisted.Analyzers", "Twisted.Generators", "Twisted"];

    internal static IReadOnlyList<Assembly> All { get; } =
    [
        .. Tree.Projects.Where(project => project.IsProduct && !NotLoaded.Contains(project.Name))
            .Select(project => Assembly.Load(project.Name)),
    ];

    internal static IEnumerable<Type> PublicTypes => All.SelectMany(assembly => assembly.GetExportedTypes());

    /// <summary>The name as it is written: without the mark of a generic type.</summary>
    internal static string PlainName(Type type) => type.Name.Split('`')[0];
}
