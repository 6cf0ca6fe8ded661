using System.Diagnostics;

namespace Twisted.Benchmarks.Wire;

/// <summary>The load generator at work on one server, pinned to a core of its own; still between samples.</summary>
internal sealed class WireLoad : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    internal WireLoad(BenchFolders folders, WireScenario scenario, WireServer server, int core)
    {
        string[] load = scenario.LoadCommand;
        _process = Process.Start(Pinned.ToCore(core,
            [Path.Combine(folders.Native, load[0]), $"{server.Port}", $"{server.Id}", .. load[1..]]))!;
        string? said = ReadLine();
        if (said == "ready")
            return;
        string reason = said is null && _process.WaitForExit(Patience)
            ? _process.StandardError.ReadToEnd().Trim()
            : "it says nothing";
        Dispose();
        throw new BenchException($"the load did not begin: {reason}");
    }

    /// <summary>Runs the load for some time.</summary>
    internal WireSample Sample(TimeSpan length)
    {
        try
        {
            _process.StandardInput.WriteLine((long)length.TotalMilliseconds);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw new BenchException("the load broke off"); // it has ended since the last sample
        }
        return WireSample.Parse(ReadLine());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string? ReadLine()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(Patience) ? line.Result : null;
    }
}
