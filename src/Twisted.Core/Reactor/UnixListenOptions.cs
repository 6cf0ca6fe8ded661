namespace Twisted.Internet;

/// <summary>How to listen on a UNIX socket.</summary>
public sealed record UnixListenOptions
{
    /// <summary>Permissions of the socket file: 0666 unless set. They are in force before the first client.</summary>
    public UnixFileMode Mode { get; init; } = (UnixFileMode)0b110_110_110;

    /// <summary>How many connections the system may hold for us; at least 1.</summary>
    public int Backlog { get; init; } = 128;

    /// <summary>
    /// Whether PATH.lock, a symbolic link to our process id, guards the socket: a live owner keeps others out, what a
    /// dead one left is removed. Twisted: <c>wantPID</c>; the two know each other's locks.
    /// </summary>
    public bool LockFile { get; init; }
}
