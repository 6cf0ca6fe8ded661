using System.Collections;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Daemon;

/// <summary>
/// Starts this program once more, without terminal or standard streams, and waits until it serves or says why not.
/// </summary>
/// <remarks>
/// A process with a runtime in it cannot fork: the copy would lack all threads but one. So the daemon is a new process
/// from its first instruction, in a session of its own.
/// </remarks>
internal static class Daemonizer
{
    private const int LongestStatus = 4096;

    /// <summary>Starts the daemon.</summary>
    /// <param name="arguments">Of this process: the daemon's, too.</param>
    /// <returns>The exit code for this process: 0 when the daemon serves.</returns>
    internal static int Start(string[] arguments) => Reactor.Run(async reactor =>
    {
        using SafeFileHandle nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        var starting = new Starting();
        ((IReactorProcess)reactor).SpawnProcess(starting, new ProcessOptions(Program, [.. OwnName, .. arguments])
        {
            Environment = WithStatus(),
            ChildDescriptors = new Dictionary<int, ChildDescriptor>
            {
                [0] = ChildDescriptor.From(nothing),
                [1] = ChildDescriptor.From(nothing),
                [2] = ChildDescriptor.From(nothing),
                [StatusPipe.Descriptor] = ChildDescriptor.ReadPipe,
            },
        });
        string status = await starting.Status;
        if (status == "0")
            return TwistdExit.Done;
        string reason = status.StartsWith("1 ", StringComparison.Ordinal) ? status[2..] : status;
        Console.Error.WriteLine($"twistd: {reason}");
        return TwistdExit.CannotStart;
    });

    private static string Program => Environment.ProcessPath
        ?? throw new NotSupportedException("The program's own path is not known: stay in the foreground with -n.");

    /// <summary>What comes first when the program is run by "dotnet twistd.dll".</summary>
    private static string[] OwnName => Path.GetFileNameWithoutExtension(Program) == "dotnet"
        ? [Path.Combine(AppContext.BaseDirectory, "twistd.dll")]
        : [];

    private static Dictionary<string, string> WithStatus()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string)variable.Value!;
        variables[StatusPipe.Variable] = StatusPipe.Descriptor.ToString(CultureInfo.InvariantCulture);
        return variables;
    }

    /// <summary>Hears the daemon's one line, or its early end.</summary>
    private sealed class Starting : ProcessProtocol
    {
        private readonly List<byte> _line = [];

        internal Deferred<string> Status { get; } = new();

        protected override void ChildDataReceived(int childFd, ReadOnlySpan<byte> data)
        {
            int end = data.IndexOf((byte)'\n');
            _line.AddRange(end < 0 ? data : data[..end]);
            if (end >= 0 || _line.Count > LongestStatus)
                Tell(Encoding.UTF8.GetString([.. _line]));
        }

        protected override void ProcessEnded(Exception reason) =>
            Tell($"The daemon ended before it served: {reason.Message}");

        private void Tell(string status)
        {
            if (!Status.IsFired)
                Status.Callback(status);
        }
    }
}
