using System.Globalization;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Twisted.Benchmarks.Wire;

namespace Twisted.Benchmarks.Load;

/// <summary>The other process, pinned to its core. Reactor thread only.</summary>
internal sealed partial class LoadServer : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TimeProvider _time;

    private LoadServer(Process process, TimeProvider time)
    {
        _process = process;
        _time = time;
    }

    internal int Port { get; private set; }

    /// <summary>Bytes in memory; to look costs the server nothing.</summary>
    internal long Resident => ProcessState.ResidentOf(string.Create(CultureInfo.InvariantCulture, $"{_process.Id}"));

    internal static async Task<LoadServer> Start(TimeProvider time, int core)
    {
        string program = typeof(LoadServer).Assembly.Location;
        Process process = Process.Start(Pinned.ToCore(core, ["dotnet", program, LoadServerRun.Command]))!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                Console.Error.WriteLine($"server: {text}");
        };
        process.BeginErrorReadLine();
        var server = new LoadServer(process, time);
        Match port = ListeningOn().Match(await server.ReadLine());
        server.Port = int.Parse(port.Groups[1].Value, CultureInfo.InvariantCulture);
        return server;
    }

    internal Task<ServerState> State() => Ask("state");

    internal Task<ServerState> Count() => Ask("count");

    internal Task PlantStall() => Say("stall");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<ServerState> Ask(string command)
    {
        await Say(command);
        return JsonSerializer.Deserialize<ServerState>(await ReadLine())!;
    }

    private async Task Say(string command)
    {
        await _process.StandardInput.WriteAsync(command + "\n");
        await _process.StandardInput.FlushAsync();
    }

    private async Task<string> ReadLine()
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync().WaitAsync(AnswerLimit, _time)
                ?? throw new BenchException("the server has ended: what it said last is above");
        }
        catch (TimeoutException)
        {
            throw new BenchException($"the server does not answer: not in {AnswerLimit.TotalSeconds} seconds");
        }
    }

    [GeneratedRegex(@"^Listening on port (\d+)$")]
    private static partial Regex ListeningOn();
}
