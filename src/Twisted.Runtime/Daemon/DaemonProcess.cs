namespace Twisted.Internet;

/// <summary>What a process does to itself to be a daemon. Linux; daemon(7).</summary>
public static class DaemonProcess
{
    /// <summary>Becomes a session of its own, so that the terminal's end is not the daemon's.</summary>
    /// <exception cref="InvalidOperationException">It leads one already.</exception>
    public static void StartSession()
    {
        if (Libc.SetSession() < 0)
            throw new InvalidOperationException($"Cannot start a session: {Errno.LastFailure().Text}.");
    }

    /// <summary>Sets which rights new files do not get. Twisted: <c>twistd --umask</c>.</summary>
    /// <param name="mask">The bits, 0 to 0777 in octal.</param>
    /// <returns>Those before.</returns>
    public static int SetFileMask(int mask)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mask);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mask, 511); // 0777
        return (int)Libc.SetFileMask((uint)mask);
    }
}
