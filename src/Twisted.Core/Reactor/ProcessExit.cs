namespace Twisted.Internet;

/// <summary>How a process ended: one of the two is given, neither when the system does not tell.</summary>
/// <param name="ExitCode">The exit code, when it ended by itself.</param>
/// <param name="Signal">The number of the signal that ended it.</param>
public readonly record struct ProcessExit(int? ExitCode, int? Signal)
{
    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>How it ended: "exit code 0", "signal 15".</summary>
    public override string ToString() => (ExitCode, Signal) switch
    {
        (int code, _) => $"exit code {code}",
        (_, int signal) => $"signal {signal}",
        _ => "an end that was not told",
    };

    /// <summary>The reason that a process protocol is given.</summary>
    internal Exception ToReason() =>
        IsSuccess ? new ProcessDoneException() : new ProcessTerminatedException(ExitCode, Signal);

    /// <summary>What a process protocol was told.</summary>
    internal static ProcessExit Of(Exception reason) => reason switch
    {
        ProcessDoneException => new ProcessExit(0, null),
        ProcessTerminatedException terminated => new ProcessExit(terminated.ExitCode, terminated.Signal),
        _ => default,
    };
}
