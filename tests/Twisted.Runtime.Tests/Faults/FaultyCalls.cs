using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using Twisted.Processes;

namespace Twisted.Tests;

/// <summary>
/// The system calls of another process, and which of them fail: tests/FaultHost/faults.c, preloaded there, reads what
/// is written here, from memory that both have mapped.
/// </summary>
internal sealed class FaultyCalls : IDisposable
{
    /// <summary>The compiler that it needs.</summary>
    internal const string Compiler = "gcc";

    private const int RuleBytes = 24; // struct rule
    private const int ClockAt = 512;  // struct clock
    private const int FileBytes = 528;

    private static readonly Lazy<string> Library = new(Compile);

    private readonly string _path = Path.GetTempFileName();
    private readonly MemoryMappedViewAccessor _memory;

    internal FaultyCalls()
    {
        using var file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, null, FileBytes);
        _memory = file.CreateViewAccessor();
    }

    /// <summary>A call, or some that are alike; the order is that of the enumeration in faults.c.</summary>
    internal enum Call
    {
        Accept,
        Receive,
        Send,
        Watch,
        Wait,
        Socket,
        Write,
    }

    /// <summary>What the shell of the other process does first.</summary>
    internal string Setup => $"export DOTNET_EnableDiagnostics=0 FAULTS={_path} LD_PRELOAD={Library.Value}";

    /// <summary>From now on calls fail.</summary>
    /// <param name="call">Which.</param>
    /// <param name="error">With this errno.</param>
    /// <param name="count">How many; all, unless it is given.</param>
    /// <param name="every">Only each so many'th call.</param>
    internal void Fail(Call call, int error, int count = -1, int every = 1)
    {
        Write(call, 1, 0);
        Write(call, 0, error);
        Write(call, 2, every);
        Write(call, 1, count);
    }

    /// <summary>No call of this kind fails any more.</summary>
    internal void Mend(Call call) => Write(call, 1, 0);

    /// <summary>From now on a call takes or gives no more bytes than that.</summary>
    internal void Limit(Call call, int bytes) => Write(call, 3, bytes);

    /// <summary>How many calls there were.</summary>
    internal int Calls(Call call) => Read(call, 4);

    /// <summary>How many have failed.</summary>
    internal int Failed(Call call) => Read(call, 5);

    /// <summary>Puts the wall clock forward, or back.</summary>
    internal void SetClock(TimeSpan forward) =>
        _memory.Write(ClockAt, (long)forward.TotalNanoseconds);

    /// <summary>Lets the wall clock stand still.</summary>
    internal void FreezeClock() =>
        _memory.Write(ClockAt + sizeof(long), (long)(DateTime.UtcNow - DateTime.UnixEpoch).TotalNanoseconds);

    public void Dispose()
    {
        _memory.Dispose();
        File.Delete(_path);
    }

    private int Read(Call call, int field) => _memory.ReadInt32((int)call * RuleBytes + field * sizeof(int));

    private void Write(Call call, int field, int value) =>
        _memory.Write((int)call * RuleBytes + field * sizeof(int), value);

    /// <summary>Once in a test run; the folder goes with it.</summary>
    private static string Compile()
    {
        string folder = Directory.CreateTempSubdirectory("faults-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        string library = Path.Combine(folder, "faults.so");
        using Process compiler = Process.Start(Compiler, ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
            "-o", library, Repository.PathOf("tests/FaultHost/faults.c")]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0
            ? library
            : throw new InvalidOperationException("faults.c did not compile.");
    }
}
