namespace Twisted.Internet;

/// <summary>The process ended with an exit code other than 0, or by a signal.</summary>
/// <remarks>Twisted: <c>error.ProcessTerminated</c>.</remarks>
public sealed class ProcessTerminatedException : Exception
{
    /// <summary>With how it ended: one of the two is given, neither when the system does not tell.</summary>
    /// <param name="exitCode">The exit code, when it ended by itself.</param>
    /// <param name="signal">The number of the signal that ended it.</param>
    public ProcessTerminatedException(int? exitCode, int? signal)
        : base(signal is int number
            ? $"A process has ended with a probable error condition: process ended by signal {number}."
            : "A process has ended with a probable error condition: "
                + (exitCode is int code ? $"process ended with exit code {code}." : "how it ended was not told."))
    {
        ExitCode = exitCode;
        Signal = signal;
    }

    /// <summary>The exit code, or null when a signal ended it.</summary>
    public int? ExitCode { get; }

    /// <summary>The number of the signal that ended it, or null.</summary>
    public int? Signal { get; }
}
