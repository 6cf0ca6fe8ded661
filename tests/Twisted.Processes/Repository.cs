namespace Twisted.Processes;

/// <summary>Where things lie in the tree that the tests run in.</summary>
public static class Repository
{
    /// <summary>The folder that holds Twisted.slnx.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The full path of a file, given from the root.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The command that runs a sample; Samples.proj has built it.</summary>
    public static string[] Sample(string name, params string[] arguments) =>
        ["dotnet", PathOf($"artifacts/samples/{name}/{name}.dll"), .. arguments];

    /// <summary>The command that runs the tool.</summary>
    public static string[] Twistd(params string[] arguments) => [PathOf("twistd"), .. arguments];

    private static string Find(DirectoryInfo? at)
    {
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Twisted.slnx")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Run the tests inside the repository.");
    }
}
