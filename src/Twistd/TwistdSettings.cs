using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Daemon;

/// <summary>How a server is run, whichever it is: what the options before the sub-command say.</summary>
internal sealed record TwistdSettings
{
    /// <summary>Whether it stays where it was started, and logs to standard output.</summary>
    internal required bool NoDaemon { get; init; }

    /// <summary>The folder that it runs in; relative paths of the other settings begin there. Null stays.</summary>
    internal string? RunDirectory { get; init; }

    /// <summary>Where its process id is written; null is nowhere.</summary>
    internal string? PidFile { get; init; }

    /// <summary>The UNIX socket on which it hands its ports over; null is none.</summary>
    internal string? AdminPort { get; init; }

    /// <summary>Whether it takes the ports over from the server that <see cref="AdminPort"/> is of.</summary>
    internal bool TakesOver { get; init; }

    /// <summary>Where it logs; null is standard output.</summary>
    internal string? LogFile { get; init; }

    /// <summary>How a line of the log is written.</summary>
    internal required LogFormat LogFormat { get; init; }

    /// <summary>The least level that is logged.</summary>
    internal required LogLevel LogLevel { get; init; }

    /// <summary>The rights that new files do not get; null leaves it to who started us.</summary>
    internal int? FileMask { get; init; }

    /// <summary>Who it becomes when its ports are bound; null stays.</summary>
    internal string? User { get; init; }

    /// <summary>The group that it becomes.</summary>
    internal string? Group { get; init; }

    /// <summary>The name of the reactor.</summary>
    internal required string ReactorName { get; init; }

    /// <summary>How many connections are served at a time; 0 is without limit.</summary>
    internal required int MaxConnections { get; init; }

    /// <summary>How long connections may take to finish when it is told to stop.</summary>
    internal required TimeSpan DrainTimeout { get; init; }
}
