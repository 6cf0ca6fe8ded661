using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Twisted.Processes;

/// <summary>
/// A process that a test has started: its output is collected, it can be asked for lines, signalled, and waited for.
/// Disposing kills it, and what it has started, if it still runs.
/// </summary>
/// <remarks>Nothing here sleeps. <see cref="Deadline"/> only ends what hangs, and says what was printed.</remarks>
public sealed partial class RunningProgram : IAsyncDisposable
{
    private const int SignalHangup = 1;
    private const int SignalInterrupt = 2;
    private const int SignalTerminate = 15;

    /// <summary>epoll_wait, epoll_pwait and epoll_pwait2 of x64.</summary>
    private static readonly string[] EventWaits = ["232", "281", "441"];

    private readonly Process _process;
    private readonly Transcript _output = new();
    private readonly Transcript _errors = new();
    private readonly Task _collected;

    private RunningProgram(Process process)
    {
        _process = process;
        _collected = Task.WhenAll(
            _output.Collect(process.StandardOutput.BaseStream), _errors.Collect(process.StandardError.BaseStream));
    }

    /// <summary>How long it may show no sign of life; far longer than anything takes, on a busy machine too.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => _output.Text;

    /// <summary>The same as bytes.</summary>
    public byte[] OutputBytes => _output.Bytes;

    /// <summary>What it has written to standard error so far.</summary>
    public string Errors => _errors.Text;

    /// <summary>Where it listens, when it was started by <see cref="Listen"/>.</summary>
    public int Port { get; private set; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a command.</summary>
    public static RunningProgram Start(params string[] command) => Start(null, command);

    /// <summary>Starts a command in a folder.</summary>
    public static RunningProgram Start(string? folder, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        // What the test runner sets for itself is no business of the programs under test.
        foreach (string name in start.Environment.Keys.Where(IsOfTheRunner).ToArray())
            start.Environment.Remove(name);
        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end, with that on its standard input, and returns it, ended.</summary>
    public static async Task<RunningProgram> Run(byte[] input, params string[] command)
    {
        RunningProgram program = Start(command);
        try
        {
            await program.Send(input).ConfigureAwait(false);
            program.CloseInput();
            await program.Exit().ConfigureAwait(false);
        }
        catch
        {
            await program.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return program;
    }

    /// <summary>Runs a command without input to its end.</summary>
    public static Task<RunningProgram> Run(params string[] command) => Run([], command);

    /// <summary>Starts a command that prints where it listens; then <see cref="Port"/> is known.</summary>
    public static async Task<RunningProgram> Listen(params string[] command)
    {
        RunningProgram program = Start(command);
        try
        {
            program.Port = await program.NextPort().ConfigureAwait(false);
            return program;
        }
        catch
        {
            await program.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The port of the next line that says "Listening on ...".</summary>
    public async Task<int> NextPort()
    {
        string line = await Line(line => PortNumber().IsMatch(line)).ConfigureAwait(false);
        return int.Parse(PortNumber().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The next line of standard output that contains a text.</summary>
    public Task<string> Line(string text) => Line(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>The next line of standard output that is wanted.</summary>
    public async Task<string> Line(Predicate<string> isWanted) =>
        await InTime(_output.Line(isWanted)).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The line did not come. {Story()}");

    /// <summary>Writes to its standard input.</summary>
    public async Task Send(ReadOnlyMemory<byte> data)
    {
        try
        {
            Stream stream = _process.StandardInput.BaseStream;
            await InTime(stream.WriteAsync(data).AsTask()).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It has closed its input; what it then prints is the test's matter.
        }
    }

    /// <summary>Writes text to its standard input.</summary>
    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends its standard input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Asks it to end (SIGTERM).</summary>
    public void Terminate() => Signal(SignalTerminate);

    /// <summary>Interrupts it (SIGINT), as Ctrl-C does.</summary>
    public void Interrupt() => Signal(SignalInterrupt);

    /// <summary>Tells it to read its configuration anew (SIGHUP).</summary>
    public void Hangup() => Signal(SignalHangup);

    /// <summary>Kills it (SIGKILL) and waits until it is gone.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await InTime(_process.WaitForExitAsync()).ConfigureAwait(false);
    }

    /// <summary>Its exit code, when it has ended and all its output is here.</summary>
    public async Task<int> Exit()
    {
        await InTime(Task.WhenAll(_collected, _process.WaitForExitAsync())).ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Waits for its end, which must be with that exit code.</summary>
    /// <returns>Its whole standard output.</returns>
    public async Task<string> Succeeds(int exitCode = 0)
    {
        int actual = await Exit().ConfigureAwait(false);
        Assert.True(actual == exitCode, $"Exit code {actual} instead of {exitCode}. {Story()}");
        return Output;
    }

    /// <summary>The most memory that it has had so far, in bytes.</summary>
    public long PeakMemory()
    {
        string line = File.ReadLines($"/proc/{Id}/status")
            .Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        string kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return 1024 * long.Parse(kilobytes, CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until its first thread waits for events: a reactor without a port prints nothing.</summary>
    public async Task IsInEventLoop()
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20)); // nobody tells when that is
        using var deadline = new CancellationTokenSource(Deadline);
        while (!EventWaits.Contains(File.ReadAllText($"/proc/{Id}/syscall").Split(' ')[0]))
            await again.WaitForNextTickAsync(deadline.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill().ConfigureAwait(false);
        _process.Dispose();
    }

    private static bool IsOfTheRunner(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) && name != "MSBUILDDISABLENODEREUSE"
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);

    private void Signal(int number)
    {
        // The process has not been waited for, so that its id cannot be another's.
        if (!_process.HasExited && NativeMethods.Kill(_process.Id, number) != 0)
            throw new InvalidOperationException($"kill({_process.Id}, {number}): {Marshal.GetLastPInvokeError()}");
    }

    private async Task InTime(Task task)
    {
        try
        {
            await task.WaitAsync(Deadline).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Nothing for {Deadline.TotalSeconds} s. {Story()}");
        }
    }

    private async Task<T> InTime<T>(Task<T> task)
    {
        await InTime((Task)task).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    private string Story() =>
        $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}\n"
            + $"-- output:\n{Tail(Output)}\n-- errors:\n{Tail(Errors)}";

    private static string Tail(string text) => text.Length <= 4000 ? text : "..." + text[^4000..];

    [GeneratedRegex(@"Listening on (?:port |tcp:[\d.]+:)(\d+)")]
    private static partial Regex PortNumber();

    private static partial class NativeMethods
    {
        [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
        internal static partial int Kill(int pid, int signal);
    }
}
