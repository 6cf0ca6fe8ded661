using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Twisted.Benchmarks.Wire;

/// <summary>A running server, pinned to the first core.</summary>
internal sealed partial class WireServer : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly double TicksASecond = 100; // USER_HZ, the same on every Linux

    private readonly Process _process;

    private WireServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    internal int Port { get; }

    internal static WireServer Start(string[] command)
    {
        Process process = Process.Start(new ProcessStartInfo("taskset", ["-c", "0", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        try
        {
            return new WireServer(process, ReadPort(process, command[0]));
        }
        catch
        {
            Kill(process);
            throw;
        }
    }

    /// <summary>Processor seconds used so far, of the user and of the kernel for it.</summary>
    internal double CpuSeconds
    {
        get
        {
            string[] fields = Stat();
            return (double.Parse(fields[11]) + double.Parse(fields[12])) / TicksASecond;
        }
    }

    /// <summary>Resident bytes.</summary>
    internal long ResidentBytes => long.Parse(Stat()[21]) * Environment.SystemPageSize;

    public void Dispose() => Kill(_process);

    private static void Kill(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>The fields of /proc/PID/stat behind the program's name.</summary>
    private string[] Stat()
    {
        string text = File.ReadAllText($"/proc/{_process.Id}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static int ReadPort(Process process, string name)
    {
        var lines = Task.Run(() =>
        {
            while (process.StandardOutput.ReadLine() is { } line)
            {
                if (PortIn().Match(line) is { Success: true } match)
                    return int.Parse(match.Groups[1].Value);
            }
            return 0;
        });
        if (!lines.Wait(StartLimit) || lines.Result == 0)
            throw new BenchException($"{name} did not start");
        process.OutputDataReceived += (_, _) => { };
        return lines.Result;
    }

    [GeneratedRegex(@"Listening on (?:port |tcp:127\.0\.0\.1:)(\d+)")]
    private static partial Regex PortIn();
}
