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

    // Children whose reactor has stopped before them: the next spawn of any reactor waits for those that have ended.
    private static readonly List<EpollChild> Orphans = [];

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
        lock (Orphans)
            Orphans.RemoveAll(orphan => orphan.Reap(LinuxProcess.P_PID, orphan.Pid) is not null);
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
        if (child.TryWatch(Linux.EPOLLIN))
            return child;
        CannotSpawnException failure = Undo(pid, options.FileName, Errno.LastFailure());
        child._reaped = true;
        child.Close();
        foreach (ChildPipe pipe in child._pipes)
            pipe.Stream.Close(abort: false);
        throw failure;
    }

    public void SetListener(Action<ProcessExit> exited) => _exited = exited;

    internal override void OnEvents(uint events)
    {
        if (Reap(LinuxProcess.P_PIDFD, Fd) is not { } exit)
            return;
        CloseDescriptor();
        _exited?.Invoke(exit);
    }

    public bool Signal(PosixSignal signal) => Send(NumberOf(signal));

    public bool Kill() => Send(LinuxProcess.SIGKILL);

    public void Resize(TerminalSize size) => ((EpollPipe)_pipes[0].Stream).Resize(size);

    public void Close()
    {
        if (Fd >= 0 && !_reaped)
        {
            lock (Orphans)
                Orphans.Add(this);
        }
        _exited = null;
        CloseDescriptor();
    }

    private bool Send(int signal)
    {
        nint result;
        lock (Orphans) // it may be one, and is about to be waited for: then its number may become another's
        {
            if (_reaped)
                return false;
            result = Fd >= 0
                ? Libc.SystemCall(LinuxProcess.SYS_pidfd_send_signal, Fd, signal, 0, 0)
                : Libc.Kill(Pid, signal);
        }
        if (result == 0)
            return true;
        return Errno.Last == LinuxProcess.ESRCH
            ? false
            : throw new IOException($"Cannot send signal {signal} to process {Pid}: {Errno.LastFailure().Text}.");
    }

    /// <summary>How it ended; null while it runs.</summary>
    private ProcessExit? Reap(int kind, int id)
    {
        byte* info = stackalloc byte[InfoBytes];
        new Span<byte>(info, InfoBytes).Clear();
        int result;
        do
            result = Libc.WaitId(kind, id, info, LinuxProcess.WEXITED | LinuxProcess.WNOHANG);
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
