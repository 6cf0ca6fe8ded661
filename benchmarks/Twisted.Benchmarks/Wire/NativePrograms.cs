using System.Diagnostics;

namespace Twisted.Benchmarks.Wire;

/// <summary>
/// Compiles the programs in C and Go. Load generator and reference must be there; others may be missing.
/// </summary>
internal static class NativePrograms
{
    internal static void Build(BenchFolders folders)
    {
        Directory.CreateDirectory(folders.Native);
        foreach (string name in (string[])["load", "load_irc", "echo_epoll", "udp_echo"])
        {
            if (!Compile(folders, name))
                throw new BenchException($"cannot compile benchmarks/native/{name}.c: is gcc installed?");
        }
        Compile(folders, "echo_uv", "-luv");
        Compile(folders, "load_tls", "-lssl", "-lcrypto");
        Make(Path.Combine(folders.Native, "echo_go"), Path.Combine(folders.Sources, "peers", "echo.go"),
            (target, source) => Run("go", ["build", "-o", target, source]));
    }

    private static bool Compile(BenchFolders folders, string name, params string[] libraries) =>
        Make(Path.Combine(folders.Native, name), Path.Combine(folders.Sources, "native", name + ".c"),
            (target, source) => Run("gcc", ["-O2", "-o", target, source, .. libraries]));

    /// <summary>Makes what is older than its source, aside: another bench may run the old one.</summary>
    private static bool Make(string target, string source, Func<string, string, bool> compile)
    {
        DateTime changed = Directory.GetFiles(Path.GetDirectoryName(source)!, "*.h").Append(source)
            .Max(File.GetLastWriteTimeUtc);
        if (File.Exists(target) && File.GetLastWriteTimeUtc(target) >= changed)
            return true;
        string made = $"{target}.{Environment.ProcessId}";
        if (!compile(made, source))
            return false;
        File.Move(made, target, overwrite: true);
        return true;
    }

    private static bool Run(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardError = true,
            })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // not installed
        }
    }
}
