using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Twisted.Tests;

/// <summary>A FaultHost: a process of its own, spoken to in lines.</summary>
internal sealed partial class HostProcess : IDisposable
{
    internal const int SIGTERM = 15;

    private readonly Process _process;

    /// <summary>Starts one.</summary>
    /// <param name="verb">What it is to be.</param>
    /// <param name="before">What the shell does first: limits, which have to be there when .NET starts.</param>
    /// <param name="within">The command that runs the shell, such as one that gives it a network of its own.</param>
    internal HostProcess(string verb, string before = ":", params string[] within)
    {
        string host = Path.Combine(AppContext.BaseDirectory, "FaultHost.dll");
        string[] command = [.. within, "bash", "-c", $"{before}; exec dotnet \"$0\" {verb}", host];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
    }

    internal int Id => _process.Id;

    internal string ReadLine() => _process.StandardOutput.ReadLine()
        ?? throw new IOException("The host has ended.");

    internal string Ask(string line)
    {
        Tell(line);
        return ReadLine();
    }

    /// <summary>Says a line whose answer comes later.</summary>
    internal void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>The numbers of its <c>report</c>.</summary>
    internal HostReport Report()
    {
        long[] numbers = [.. Ask("report").Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
        return new HostReport(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /// <summary>CPU time so far in seconds, read from outside: without descriptors it cannot tell itself.</summary>
    internal double CpuSeconds()
    {
        string stat = File.ReadAllText($"/proc/{_process.Id}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const double ticksPerSecond = 100;
        return (double.Parse(fields[11], CultureInfo.InvariantCulture)
            + double.Parse(fields[12], CultureInfo.InvariantCulture)) / ticksPerSecond;
    }

    /// <summary>Sockets that it has open; .NET opens files, too, at any time.</summary>
    internal int Sockets() => Directory.GetFiles($"/proc/{_process.Id}/fd")
        .Count(path => new FileInfo(path).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    internal void Signal(int signal) => _ = Kill(_process.Id, signal);

    internal void EndInput() => _process.StandardInput.Close();

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code; 128 and the signal's number when a signal ended it.</returns>
    internal int WaitForExit()
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
            throw new TimeoutException("The host did not end.");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

/// <summary>What a FaultHost holds.</summary>
internal sealed record HostReport(long Connections, long ManagedBytes, long ResidentBytes, long Descriptors);
