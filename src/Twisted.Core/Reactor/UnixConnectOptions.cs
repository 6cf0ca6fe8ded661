namespace Twisted.Internet;

/// <summary>How to connect to a UNIX socket.</summary>
public sealed record UnixConnectOptions
{
    /// <summary>How long to try: 30 seconds unless set.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Whether the attempt fails at once unless a living process holds PATH.lock. Twisted: <c>checkPID</c>.
    /// </summary>
    public bool LockFile { get; init; }
}
