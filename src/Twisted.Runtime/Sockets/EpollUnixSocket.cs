using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Internet;

/// <summary>A UNIX connection on epoll: a socket whose bytes can carry descriptors.</summary>
/// <remarks>Control data are a struct cmsghdr of 16 bytes and the descriptors behind it; see man 3 cmsg.</remarks>
internal sealed unsafe class EpollUnixSocket(EpollPoller poller, int fd, EndPoint peer, EndPoint? boundTo)
    : EpollSocket(poller, fd, peer, boundTo), IDescriptorSocket
{
    private const int ControlHeader = 16;
    private const int MostControl = ControlHeader + IDescriptorSocket.MostDescriptors * sizeof(int);

    private bool _refusedForNow; // the listener holds as many clients as it may

    internal static EpollUnixSocket Connect(EpollPoller poller, UnixDomainSocketEndPoint remote)
    {
        int fd = Descriptor.Open(remote, Linux.SOCK_STREAM);
        if (fd >= 0 && Descriptor.Connect(fd, remote) == 0)
            return new EpollUnixSocket(poller, fd, remote, boundTo: null);
        OsFailure failure = Errno.LastFailure();
        if (failure.Kind == SocketError.WouldBlock)
        {
            return new EpollUnixSocket(poller, fd, remote, boundTo: null)
            {
                _refusedForNow = true,
                Failure = failure,
            };
        }
        if (fd >= 0)
            _ = Libc.Close(fd);
        throw FailureText.Connecting(failure);
    }

    public override bool SetInterest(ISocketEvents events, bool read, bool write) =>
        !_refusedForNow && base.SetInterest(events, read, write);

    public SafeFileHandle Duplicate(SafeHandle descriptor)
    {
        bool isHeld = false;
        try
        {
            descriptor.DangerousAddRef(ref isHeld);
            return Descriptor.Duplicate((int)descriptor.DangerousGetHandle());
        }
        finally
        {
            if (isHeld)
                descriptor.DangerousRelease();
        }
    }

    public int Send(ReadOnlySpan<byte> data, ReadOnlySpan<SafeFileHandle> descriptors)
    {
        byte* control = stackalloc byte[MostControl];
        int length = ControlHeader + descriptors.Length * sizeof(int);
        *(nint*)control = length;
        *(int*)(control + 8) = Linux.SOL_SOCKET;
        *(int*)(control + 12) = Linux.SCM_RIGHTS;
        for (int i = 0; i < descriptors.Length; i++)
            *(int*)(control + ControlHeader + i * sizeof(int)) = (int)descriptors[i].DangerousGetHandle();
        nint count;
        fixed (byte* bytes = data)
        {
            var vector = new IoVector { Start = bytes, Length = data.Length };
            var message = new MessageHeader
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = length,
            };
            do
                count = Libc.SendMessage(Fd, &message, Linux.MSG_NOSIGNAL);
            while (count < 0 && Errno.Now == Errno.EINTR);
        }
        return count >= 0 ? (int)count : Trouble();
    }

    public int Receive(Span<byte> buffer, List<SafeFileHandle> descriptors)
    {
        byte* control = stackalloc byte[MostControl];
        var message = new MessageHeader { VectorCount = 1, Control = control, ControlLength = MostControl };
        nint count;
        fixed (byte* bytes = buffer)
        {
            var vector = new IoVector { Start = bytes, Length = buffer.Length };
            message.Vectors = &vector;
            do
                count = Libc.ReceiveMessage(Fd, &message, Linux.MSG_CMSG_CLOEXEC);
            while (count < 0 && Errno.Now == Errno.EINTR);
        }
        if (count < 0)
            return Trouble();
        TakeDescriptors(control, (int)message.ControlLength, descriptors);
        if ((message.Flags & Linux.MSG_CTRUNC) == 0)
            return (int)count;
        Failure = new OsFailure(SocketError.TooManyOpenSockets, Errno.EMFILE, "descriptors were lost: more than "
            + $"{IDescriptorSocket.MostDescriptors} came in one message, or this process may open no more");
        return ISocketDriver.Failed;
    }

    private static void TakeDescriptors(byte* control, int length, List<SafeFileHandle> descriptors)
    {
        for (int at = 0; at + ControlHeader <= length;)
        {
            int size = (int)*(nint*)(control + at);
            if (size < ControlHeader || at + size > length)
                return;
            bool isRights = *(int*)(control + at + 8) == Linux.SOL_SOCKET
                && *(int*)(control + at + 12) == Linux.SCM_RIGHTS;
            for (int place = ControlHeader; isRights && place + sizeof(int) <= size; place += sizeof(int))
            {
                int received = Unsafe.ReadUnaligned<int>(control + at + place);
                descriptors.Add(new SafeFileHandle(received, ownsHandle: true));
            }
            at += (size + sizeof(long) - 1) & -sizeof(long);
        }
    }
}
