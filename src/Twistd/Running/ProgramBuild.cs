using System.Diagnostics;

namespace Twisted.Daemon;

/// <summary>Builds a program of one file by the .NET SDK: the one class here that starts a compiler.</summary>
internal static class ProgramBuild
{
    private const string Dotnet = "dotnet";

    /// <summary>Builds it, unless it was built since it was changed.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Its assembly.</returns>
    /// <exception cref="InvalidDataException">It does not build: the first error, as the compiler tells it.</exception>
    internal static string Run(string file)
    {
        if (!File.Exists(file))
            throw new InvalidDataException($"There is no file {file}.");
        // Compiled ahead of time it could not be loaded; and compilers that stay behind would keep a daemon's streams.
        var start = new ProcessStartInfo(Sdk(), ["build", file, "--configuration", "Release", "--nologo", "-v:quiet",
            "-p:PublishAot=false", "-p:UseSharedCompilation=false", "-target:Build", "-getProperty:TargetPath"])
        {
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process build = Process.Start(start)!;
        Task<string> errors = build.StandardError.ReadToEndAsync();
        string output = build.StandardOutput.ReadToEnd().Trim();
        build.WaitForExit();
        string[] lines = [.. $"{output}\n{errors.Result}".Split('\n', StringSplitOptions.TrimEntries)];
        if (build.ExitCode != 0 || !File.Exists(lines[0]))
        {
            string? error = Array.Find(lines, line => line.Contains("error", StringComparison.Ordinal));
            throw new InvalidDataException($"{file} does not build: {error ?? output}");
        }
        return lines[0];
    }

    private static string Sdk()
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "");
        return folders.Select(folder => Path.Combine(folder, Dotnet)).FirstOrDefault(File.Exists)
            ?? throw new InvalidDataException("There is no 'dotnet' on the PATH: a .cs file needs the .NET 10 SDK.");
    }
}
