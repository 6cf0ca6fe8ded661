namespace Twisted.Processes;

/// <summary>Debian's Python, the one that python3-twisted belongs to, with a script beside the tests.</summary>
public static class Python
{
    /// <summary>Starts a script of the folder Peers.</summary>
    public static RunningProgram Start(string name, params string[] arguments) =>
        RunningProgram.Start(Script(name, arguments));

    /// <summary>The command that runs a script of the folder Peers.</summary>
    public static string[] Script(string name, params string[] arguments) =>
        ["/usr/bin/python3", "-u", Path.Combine(AppContext.BaseDirectory, "Peers", name), .. arguments];
}
