using System.Net;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// The descriptors of a child before it runs: ours of its pipes, and those that it is given. All of them close when the
/// program runs, except the copies that posix_spawn makes.
/// </summary>
internal sealed unsafe class ChildEnds(EndPoint name) : IDisposable
{
    private static readonly Dictionary<int, ChildDescriptor> Standard = new()
    {
        [0] = ChildDescriptor.WritePipe,
        [1] = ChildDescriptor.ReadPipe,
        [2] = ChildDescriptor.ReadPipe,
    };

    private readonly List<(int ChildFd, int Fd, FileAccess Access)> _ours = [];
    private readonly List<int> _temporary = []; // the child's ends: closed here once it has them
    private readonly List<SafeHandle> _held = [];

    /// <summary>What the child gets: which of our descriptors becomes which of its numbers.</summary>
    internal List<(int Source, int Target)> Given { get; } = [];

    /// <summary>The terminal that the child opens, or null.</summary>
    internal string? Terminal { get; private set; }

    /// <summary>Opens what the options ask for.</summary>
    /// <exception cref="CannotSpawnException">There are no descriptors left.</exception>
    internal void Open(ProcessOptions options)
    {
        if (options.UsePty)
        {
            OpenTerminal(options);
            return;
        }
        foreach ((int target, ChildDescriptor descriptor) in options.ChildDescriptors ?? Standard)
            Given.Add((Source(target, descriptor, options.FileName), target));
        LiftSources(options.FileName);
    }

    /// <summary>Our ends, for the poller from now on.</summary>
    internal List<ChildPipe> TakePipes(EpollPoller poller)
    {
        var pipes = new List<ChildPipe>(_ours.Count);
        foreach ((int childFd, int fd, FileAccess access) in _ours)
            pipes.Add(new ChildPipe(childFd, new EpollPipe(poller, fd, access, name), access));
        _ours.Clear();
        return pipes;
    }

    public void Dispose()
    {
        foreach (int fd in _temporary)
            _ = Libc.Close(fd);
        foreach ((_, int fd, _) in _ours)
            _ = Libc.Close(fd);
        foreach (SafeHandle handle in _held)
            handle.DangerousRelease();
    }

    private int Source(int target, ChildDescriptor descriptor, string fileName)
    {
        if (descriptor == ChildDescriptor.Inherited)
            return target;
        if (descriptor.Handle is { } handle)
        {
            bool held = false;
            handle.DangerousAddRef(ref held);
            _held.Add(handle);
            return (int)handle.DangerousGetHandle();
        }
        int* ends = stackalloc int[2];
        if (Libc.Pipe(ends, LinuxProcess.O_CLOEXEC) != 0)
            throw FailureText.Spawning(fileName, Errno.LastFailure());
        bool read = descriptor == ChildDescriptor.ReadPipe;
        int ours = read ? ends[0] : ends[1];
        int theirs = read ? ends[1] : ends[0];
        _ours.Add((target, ours, read ? FileAccess.Read : FileAccess.Write));
        _temporary.Add(theirs);
        _ = Libc.FileControl(ours, LinuxProcess.F_SETFL,
            LinuxProcess.O_NONBLOCK | (read ? LinuxProcess.O_RDONLY : LinuxProcess.O_WRONLY));
        return theirs;
    }

    /// <summary>
    /// A number that the child is to have may be that of a descriptor from which another one of its is copied: those
    /// are moved above all that the child has.
    /// </summary>
    private void LiftSources(string fileName)
    {
        int above = 0;
        foreach ((_, int target) in Given)
            above = Math.Max(above, target + 1);
        for (int i = 0; i < Given.Count; i++)
        {
            (int source, int target) = Given[i];
            if (source >= above || source == target)
                continue;
            int lifted = Libc.FileControl(source, Linux.F_DUPFD_CLOEXEC, above);
            if (lifted < 0)
                throw FailureText.Spawning(fileName, Errno.LastFailure());
            _temporary.Add(lifted);
            Given[i] = (lifted, target);
        }
    }

    private void OpenTerminal(ProcessOptions options)
    {
        int fd = Libc.Open("/dev/ptmx",
            LinuxProcess.O_RDWR | LinuxProcess.O_NOCTTY | LinuxProcess.O_NONBLOCK | LinuxProcess.O_CLOEXEC);
        if (fd < 0)
            throw FailureText.Spawning(options.FileName, Errno.LastFailure());
        _ours.Add((1, fd, FileAccess.ReadWrite));
        int locked = 0;
        int number = 0;
        if (Libc.Control(fd, LinuxProcess.TIOCSPTLCK, &locked) != 0
            || Libc.Control(fd, LinuxProcess.TIOCGPTN, &number) != 0)
        {
            throw FailureText.Spawning(options.FileName, Errno.LastFailure());
        }
        if (options.WindowSize is { } size)
            EpollPipe.Resize(fd, size); // before there is anybody whom it could interrupt
        Terminal = $"/dev/pts/{number}";
    }
}
