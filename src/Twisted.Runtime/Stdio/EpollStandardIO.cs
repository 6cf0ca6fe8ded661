using System.Net;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>Standard input and output as one stream on epoll.</summary>
internal sealed class EpollStandardIO : ISocketDriver, ISocketEvents
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;

    private readonly EpollPipe _input;
    private readonly EpollPipe _output;
    private ISocketEvents? _events;
    private bool _outputBroke; // nobody reads any more

    private EpollStandardIO(EpollPipe input, EpollPipe output)
    {
        _input = input;
        _output = output;
    }

    public EndPoint Host => PipeEndPoint.StandardIO;

    public EndPoint Peer => PipeEndPoint.StandardIO;

    public OsFailure Failure { get; private set; }

    public bool NoDelay { get; set; }

    public bool KeepAlive { get; set; }

    internal static EpollStandardIO Open(EpollPoller poller, SafeHandle? input, SafeHandle? output)
    {
        EpollPipe reading = Open(poller, input, StandardInput, FileAccess.Read);
        try
        {
            return new EpollStandardIO(reading, Open(poller, output, StandardOutput, FileAccess.Write));
        }
        catch (IOException)
        {
            reading.Close(abort: false);
            throw;
        }
    }

    public bool SetInterest(ISocketEvents events, bool read, bool write)
    {
        _events = events;
        if (!_input.SetInterest(events, read, write: false))
            return Fail(_input.Failure);
        return _output.SetInterest(this, read, write) || Fail(_output.Failure);
    }

    public bool FinishConnecting() => true;

    public int Receive(Span<byte> buffer)
    {
        if (_outputBroke)
        {
            Fail(Errno.Failure(Errno.EPIPE));
            return ISocketDriver.Failed;
        }
        int count = _input.Receive(buffer);
        Fail(_input.Failure);
        return count;
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        int count = _output.Send(data);
        Fail(_output.Failure);
        return count;
    }

    public void ShutdownSend() => _output.Close(abort: false);

    public void Close(bool abort)
    {
        _input.Close(abort);
        _output.Close(abort);
    }

    void ISocketEvents.OnReadable()
    {
        _outputBroke = true;
        _events!.OnReadable();
    }

    void ISocketEvents.OnWritable() => _events!.OnWritable();

    private bool Fail(OsFailure failure)
    {
        Failure = failure;
        return false;
    }

    private static EpollPipe Open(EpollPoller poller, SafeHandle? handle, int standard, FileAccess access)
    {
        bool held = false;
        handle?.DangerousAddRef(ref held);
        try
        {
            return Open(poller, handle is null ? standard : (int)handle.DangerousGetHandle(), access)
                ?? throw new IOException(
                    $"Cannot use descriptor {handle?.DangerousGetHandle() ?? standard} as standard input or output: "
                    + $"{Errno.LastFailure().Text}.");
        }
        finally
        {
            if (held)
                handle!.DangerousRelease();
        }
    }

    /// <summary>
    /// A pipe or terminal is opened once more, so that others who have it do not find it without blocking. What cannot
    /// be (a socket) is shared until the end.
    /// </summary>
    private static EpollPipe? Open(EpollPoller poller, int fd, FileAccess access)
    {
        bool isFile = Libc.Seek(fd, 0, LinuxProcess.SEEK_CUR) >= 0;
        if (!isFile)
        {
            int mode = access == FileAccess.Read ? LinuxProcess.O_RDONLY : LinuxProcess.O_WRONLY;
            int own = Libc.Open($"/proc/self/fd/{fd}",
                mode | LinuxProcess.O_NONBLOCK | LinuxProcess.O_NOCTTY | LinuxProcess.O_CLOEXEC);
            if (own >= 0)
                return new EpollPipe(poller, own, access, PipeEndPoint.StandardIO);
        }
        int copy = Libc.FileControl(fd, Linux.F_DUPFD_CLOEXEC, 0);
        if (copy < 0)
            return null;
        if (!isFile)
            return EpollPipe.Share(poller, copy, access, PipeEndPoint.StandardIO);
        EpollPipe? file = EpollPipe.OfFile(poller, copy, access, PipeEndPoint.StandardIO);
        if (file is null)
            _ = Libc.Close(copy);
        return file;
    }
}
