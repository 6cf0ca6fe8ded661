using System.Net.Sockets;

namespace Twisted.Internet;

// How a dead peer is found out.
internal sealed partial class PortableSocket : ITcpKeepAlive
{
    public TimeSpan Idle
    {
        get => TimeSpan.FromSeconds(GetNumber(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        set => SetNumber(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveTime.ToSeconds(value));
    }

    public TimeSpan Interval
    {
        get => TimeSpan.FromSeconds(GetNumber(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        set => SetNumber(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveTime.ToSeconds(value));
    }

    public int Count
    {
        get => GetNumber(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount);
        set => SetNumber(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveTime.ToCount(value));
    }

    public TimeSpan UserTimeout
    {
        get
        {
            EnsureLinux();
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            if (!IsClosed)
                Socket.GetRawSocketOption(Linux.IPPROTO_TCP, Linux.TCP_USER_TIMEOUT, bytes);
            return TimeSpan.FromMilliseconds(BitConverter.ToInt32(bytes));
        }
        set
        {
            EnsureLinux();
            int milliseconds = KeepAliveTime.ToMilliseconds(value);
            if (!IsClosed)
                Socket.SetRawSocketOption(
                    Linux.IPPROTO_TCP, Linux.TCP_USER_TIMEOUT, BitConverter.GetBytes(milliseconds));
        }
    }

    private static void EnsureLinux()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("TCP_USER_TIMEOUT is there on Linux only. Use keep-alive.");
    }
}
