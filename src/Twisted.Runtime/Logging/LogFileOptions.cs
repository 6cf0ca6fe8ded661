namespace Twisted.Logging;

/// <summary>How a <see cref="LogFile"/> writes, and when it begins a new file.</summary>
public sealed record LogFileOptions
{
    /// <summary>How events are written; <see cref="LogFormat.Text"/>.</summary>
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>
    /// Begin a new file rather than let this one grow beyond so many bytes; null is never. Twisted:
    /// <c>rotateLength</c>, 1,000,000 there.
    /// </summary>
    public long? RotateLength { get; init; }

    /// <summary>
    /// Begin a new file with the first event of a new local day. Not together with <see cref="RotateLength"/>. Twisted:
    /// <c>DailyLogFile</c>.
    /// </summary>
    public bool RotateDaily { get; init; }

    /// <summary>How many old files to keep; null keeps all. Twisted: <c>maxRotatedFiles</c>.</summary>
    public int? MaxRotatedFiles { get; init; }

    /// <summary>
    /// The permissions of a new file, of which the process's umask may take some; the owner may read and write. Without
    /// meaning on Windows. Twisted: <c>defaultMode</c>.
    /// </summary>
    public UnixFileMode Mode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The clock that says which day it is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
