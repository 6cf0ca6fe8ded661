namespace Twisted.Tests;

/// <summary>What this process holds. For tests that run alone.</summary>
internal static class OwnProcess
{
    internal static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    /// <summary>Sockets and what polls them: no pipes, since each thread of .NET's has one while it starts.</summary>
    internal static int Sockets() => Directory.GetFiles("/proc/self/fd").Count(path =>
        new FileInfo(path).LinkTarget is { } target
            && (target.StartsWith("socket:", StringComparison.Ordinal)
                || target.StartsWith("anon_inode:", StringComparison.Ordinal)));

    /// <summary>Children of ours that have ended and that nobody has waited for.</summary>
    internal static int Zombies()
    {
        int zombies = 0;
        foreach (string folder in Directory.GetDirectories("/proc").Where(path => char.IsDigit(path[6])))
        {
            string[] fields;
            try
            {
                string stat = File.ReadAllText(Path.Combine(folder, "stat"));
                fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            }
            catch (IOException)
            {
                continue; // it has ended meanwhile
            }
            if (fields[0] == "Z" && fields[1] == Environment.ProcessId.ToString())
                zombies++;
        }
        return zombies;
    }
}
