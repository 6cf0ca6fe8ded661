using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// A child process on epoll. A pidfd tells its end, and only this child is waited for: neither SIGCHLD nor other
/// children of the program are touched.
/// </summary>
internal sealed unsafe class EpollChild : EpollSource, IChildDriver
{
    private const int InfoBytes = 128;  // siginfo_t
    private const int CodeOffset = 8;   // si_code
    private const int StatusOffset = 24; // si_status, on systems of 64 bits

    private const int MostSignals = 64;

    // HUP, INT, QUIT, TERM, CHLD, CONT, WINCH, TTIN, TTOU, TSTP: PosixSignal -1 to -10.
    private static ReadOnlySpan<byte> Numbers => [1, 2, 3, 15, 17, 18, 28, 21, 22, 20];

    private readonly List<ChildPipe> _pipes;
    private Action<ProcessExit>? _exited;
    private bool _reaped;

    private EpollChild(EpollPoller poller, int pid, int pidfd, List<ChildPipe> pipes) : base(poller, pidfd)
    {
        Pid = pid;
        _pipes = pipes;
    }

    public int Pid { get; }

    public IReadOnlyList<ChildPipe> Pipes => _pipes;

    internal static EpollChild Spawn(EpollPoller poller, ProcessOptions options)
    {
        using var ends = new ChildEnds(new PipeEndPoint($"process {options.FileName}"));
        ends.Open(options);
        int pid;
        using (var call = new SpawnCall())
            pid = call.Run(options, ends);
        // It is our child and has not been waited for: the number cannot be another's.
        int pidfd = (int)Libc.SystemCall(LinuxProcess.SYS_pidfd_open, pid, 0, 0, 0);
        if (pidfd < 0)
            throw Undo(pid, options.FileName, Errno.LastFailure());
        var child = new EpollChild(poller, pid, pidfd, ends.TakePipes(poller));
        if (options.WindowSize is { } size)
            child.Resize(size);
        if (child.TryWatch(Linux.EPOLLIN))
            return child;
        CannotSpawnException failure = Undo(pid, options.FileName, Errno.LastFailure());
        child.Close();
        foreach (ChildPipe pipe in child._pipes)
            pipe.Stream.Close(abort: false);
        throw failure;
    }

    public void SetListener(Action<ProcessExit> exited) => _exited = exited;

    internal override void OnEvents(uint events)
    {
        if (Reap() is not { } exit)
            return;
        CloseDescriptor();
        _exited?.Invoke(exit);
    }

    public bool Signal(PosixSignal signal) => Send(NumberOf(signal));

    public bool Kill() => Send(LinuxProcess.SIGKILL);

    public void Resize(TerminalSize size) => ((EpollPipe)_pipes[0].Stream).Resize(size);

    public void Close()
    {
        _exited = null;
        CloseDescriptor();
    }

    private bool Send(int signal)
    {
        if (_reaped)
            return false;
        // When the reactor has let it go it can still be told: nobody else waits for it, its number stays its own.
        nint result = Fd >= 0
            ? Libc.SystemCall(LinuxProcess.SYS_pidfd_send_signal, Fd, signal, 0, 0)
            : Libc.Kill(Pid, signal);
        if (result == 0)
            return true;
        return Errno.Last == LinuxProcess.ESRCH
            ? false
            : throw new IOException($"Cannot send signal {signal} to process {Pid}: {Errno.LastFailure().Text}.");
    }

    /// <summary>How it ended; null while it runs.</summary>
    private ProcessExit? Reap()
    {
        byte* info = stackalloc byte[InfoBytes];
        new Span<byte>(info, InfoBytes).Clear();
        int result;
        do
            result = Libc.WaitId(LinuxProcess.P_PIDFD, Fd, info, LinuxProcess.WEXITED | LinuxProcess.WNOHANG);
        while (result != 0 && Errno.Last == Errno.EINTR);
        if (result != 0)
        {
            _reaped = true; // the program ignores SIGCHLD, or somebody has waited for every child
            return default(ProcessExit);
        }
        int code = *(int*)(info + CodeOffset);
        if (code == 0)
            return null;
        _reaped = true;
        int status = *(int*)(info + StatusOffset);
        return code == LinuxProcess.CLD_EXITED ? new ProcessExit(status, null) : new ProcessExit(null, status);
    }

    private static CannotSpawnException Undo(int pid, string fileName, OsFailure failure)
    {
        byte* info = stackalloc byte[InfoBytes];
        _ = Libc.Kill(pid, LinuxProcess.SIGKILL);
        while (Libc.WaitId(LinuxProcess.P_PID, pid, info, LinuxProcess.WEXITED) != 0 && Errno.Last == Errno.EINTR)
        {
        }
        return FailureText.Spawning(fileName, failure);
    }

    /// <summary>PosixSignal has numbers of its own for names, below 0; others are the system's.</summary>
    private static int NumberOf(PosixSignal signal)
    {
        int value = (int)signal;
        if (value is < 0 && -value <= Numbers.Length)
            return Numbers[-value - 1];
        return value is > 0 and <= MostSignals ? value : throw new ArgumentOutOfRangeException(
            nameof(signal), signal, $"Use a name, or a number of 1 to {MostSignals}.");
    }
}
