using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>The numbers of Linux and what they mean on every system: the one place that knows.</summary>
internal static class Errno
{
    internal const int EINTR = 4;
    internal const int EAGAIN = 11;
    internal const int ENOMEM = 12;
    internal const int EACCES = 13;
    internal const int EMFILE = 24;
    internal const int ENFILE = 23;
    internal const int EPIPE = 32;
    internal const int EMSGSIZE = 90;
    internal const int EADDRINUSE = 98;
    internal const int EADDRNOTAVAIL = 99;
    internal const int ENETUNREACH = 101;
    internal const int ECONNABORTED = 103;
    internal const int ECONNRESET = 104;
    internal const int ENOBUFS = 105;
    internal const int ETIMEDOUT = 110;
    internal const int ECONNREFUSED = 111;
    internal const int EHOSTUNREACH = 113;
    internal const int EINPROGRESS = 115;

    /// <summary>What the last call of this thread left.</summary>
    internal static int Last => Marshal.GetLastPInvokeError();

    internal static OsFailure Failure(int code) => new(Kind(code), code, Marshal.GetPInvokeErrorMessage(code));

    internal static OsFailure LastFailure() => Failure(Last);

    private static SocketError Kind(int code) => code switch
    {
        EACCES => SocketError.AccessDenied,
        EADDRINUSE => SocketError.AddressAlreadyInUse,
        EADDRNOTAVAIL => SocketError.AddressNotAvailable,
        ENETUNREACH => SocketError.NetworkUnreachable,
        EHOSTUNREACH => SocketError.HostUnreachable,
        ECONNREFUSED => SocketError.ConnectionRefused,
        ECONNRESET or EPIPE => SocketError.ConnectionReset,
        ETIMEDOUT => SocketError.TimedOut,
        EMSGSIZE => SocketError.MessageSize,
        EMFILE or ENFILE => SocketError.TooManyOpenSockets,
        _ => SocketError.SocketError,
    };
}
