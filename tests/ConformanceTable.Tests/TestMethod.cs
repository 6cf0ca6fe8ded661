using System.Reflection;
using System.Text.RegularExpressions;

namespace ConformanceTable.Tests;

/// <summary>A test of ours that the table names.</summary>
/// <param name="Method">As it is declared, perhaps in an abstract suite.</param>
/// <param name="Classes">Those that run it: its own class, or those that are derived from the suite.</param>
internal sealed partial record TestMethod(MethodInfo Method, Type[] Classes)
{
    /// <summary>What ./test runs, by its own words.</summary>
    internal static IReadOnlyList<string> Projects { get; } =
        [.. Files.Lines("test").Select(line => RunTests().Match(line)).Where(found => found.Success)
            .Select(found => found.Groups[1].Value)];

    /// <summary>The classes in the projects that ./test runs and that this one references, and their suites.</summary>
    private static readonly Type[] Types =
    [
        .. Projects.Where(IsReferenced).Append("Twisted.Conformance")
            .SelectMany(project => Assembly.Load(project).GetTypes()),
    ];

    /// <summary>The tests behind a name; none when there are none that would run.</summary>
    /// <param name="name">Class.Method or Class.*, with as much of the namespace as makes the class unique.</param>
    internal static IReadOnlyList<TestMethod> Find(string name)
    {
        int dot = name.LastIndexOf('.');
        string wanted = name[(dot + 1)..];
        string ending = $".{name[..dot]}";
        Type[] classes = [.. Types.Where(type => $".{type.FullName}".EndsWith(ending, StringComparison.Ordinal))];
        return classes is not [{ IsPublic: true } holder]
            ? []
            :
            [
                .. from method in holder.GetMethods()
                   where (wanted == "*" || method.Name == wanted) && WouldRun(method)
                   let runners = Types.Where(type => type is { IsAbstract: false, IsPublic: true }
                       && holder.IsAssignableFrom(type)).ToArray()
                   where runners.Length > 0
                   select new TestMethod(method, runners),
            ];
    }

    /// <summary>Nothing is skipped but, outside of CI, tests with peers that are not installed.</summary>
    private static bool WouldRun(MethodInfo method) =>
        method.GetCustomAttribute<FactAttribute>() is { } fact
        && (fact.Skip is null || fact.GetType().Name.StartsWith("Peer", StringComparison.Ordinal));

    private static bool IsReferenced(string project) =>
        File.Exists(Path.Combine(AppContext.BaseDirectory, $"{project}.dll"));

    [GeneratedRegex(@"^ +run_tests ([\w.]+)$")]
    private static partial Regex RunTests();
}
