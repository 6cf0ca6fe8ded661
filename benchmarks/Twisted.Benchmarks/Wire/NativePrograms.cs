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
        foreach (string name in (string[])["load", "echo_epoll"])
        {
            if (!Compile(folders, name))
                throw new BenchException($"cannot compile benchmarks/native/{name}.c: is gcc installed?");
        }
        Compile(folders, "echo_uv", "-luv");
        Run("go", ["build", "-o", Path.Combine(folders.Native, "echo_go"),
            Path.Combine(folders.Sources, "peers", "echo.go")]);
    }

    private static bool Compile(BenchFolders folders, string name, params string[] libraries) => Run("gcc",
    [
        "-O2", "-o", Path.Combine(folders.Native, name), Path.Combine(folders.Sources, "native", name + ".c"),
        .. libraries,
    ]);

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
