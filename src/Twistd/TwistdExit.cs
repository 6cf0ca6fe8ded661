namespace Twisted.Daemon;

/// <summary>What the process ends with. docs/twistd.md tells users.</summary>
internal static class TwistdExit
{
    /// <summary>It was told to stop, or its only connection has ended.</summary>
    internal const int Done = 0;

    /// <summary>It was told something that cannot be, or could not start. A line on standard error says why.</summary>
    internal const int CannotStart = 1;

    /// <summary>A defect ended it (EX_SOFTWARE of sysexits.h). The crash file says where.</summary>
    internal const int Crashed = 70;
}
