using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Twisted.Benchmarks.Wire;

/// <summary>A running server, pinned to a core.</summary>
internal sealed partial class WireServer : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private WireServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    internal int Id => _process.Id;

    internal int Port { get; }

    internal static WireServer Start(string[] command, int core)
    {
        Process process = Process.Start(Pinned.ToCore(core, command))!;
        string lastError = "";
        process.ErrorDataReceived += (_, line) => lastError = line.Data is { Length: > 0 } text ? text : lastError;
        process.BeginErrorReadLine();
        if (ReadPort(process) is { } port)
            return new WireServer(process, port);
        Kill(process); // and wait until the last of its errors is read
        string reason = lastError.Trim().TrimEnd('.');
        throw new BenchException(reason.Length == 0 ? "it did not start" : $"it did not start: {reason}");
    }

    /// <summary>Resident bytes.</summary>
    internal long ResidentBytes => long.Parse(
        File.ReadAllText($"/proc/{Id}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    public void Dispose() => Kill(_process);

    private static void Kill(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static int? ReadPort(Process process)
    {
        Task<int?> port = Task.Run(() =>
        {
            while (process.StandardOutput.ReadLine() is { } line)
            {
                if (PortIn().Match(line) is { Success: true } match)
                    return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            }
            return (int?)null;
        });
        return port.Wait(StartLimit) ? port.Result : null;
    }

    [GeneratedRegex(@"(?:Listening on (?:port |tcp:127\.0\.0\.1:)|ACCEPT 127\.0\.0\.1:)(\d+)")]
    private static partial Regex PortIn();
}
